import { openLocalSignIn, restoreAccess } from "#lib/break-glass/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { saveRegistration, saveSecurity } from "#lib/settings/index.ts";
import { issueSetupToken, setUp } from "#lib/setup/index.ts";
import {
  askForPasskey,
  askToConfirm,
  confirmIdentity,
  confirmWithCode,
  confirmWithPasskey,
  signIn,
  signInWithCode,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
} from "#lib/sign-in/index.ts";
import { askSignUpLink, signUp } from "#lib/sign-up/index.ts";
import { sealSignUpLink } from "#lib/sign-up/sign-up-link.ts";
import { enrolTotp, origin, visitorHere } from "#test/factors.ts";
import { callAs, nextInstant, passTime, password, visitor } from "#test/people.ts";
import { asOwner, once, someone } from "../example.ts";
import { here, withPasskey } from "./factors.ts";

const strong = "seven green bottles of ink";

/** The right password was given, and a second factor is asked for. */
const ticketOf = async ({ username: identifier }: { username: string }) =>
  (await runCommand(signIn, visitor(), { identifier, password })).token;

export const signingIn = [
  once(signIn, async () => [visitor(), { identifier: (await someone()).username, password }]),
  once(signInWithCode, async () => {
    const who = await someone();
    const { app } = await enrolTotp(who);
    passTime(60);
    const ticket = await ticketOf(who);
    const call = visitor();
    return [call, { ticket, code: app.codeAt(call.at), remember: true }];
  }),
  once(askForPasskey, async () => [visitorHere(), {}]),
  once(signInWithPasskey, async () => {
    const { key } = await withPasskey();
    const { options } = await runCommand(askForPasskey, visitorHere(), {});
    return [visitorHere(), { response: key.show(options, origin) }];
  }),
  once(signInWithPasswordAndPasskey, async () => {
    const { who, key } = await withPasskey();
    const ticket = await ticketOf(who);
    const { options } = await runCommand(askForPasskey, visitorHere(), { ticket });
    return [visitorHere(), { ticket, response: key.show(options, origin) }];
  }),
  once(confirmIdentity, async () => [await callAs(await someone()), { password }]),
  once(confirmWithCode, async () => {
    const who = await someone();
    const { app } = await enrolTotp(who);
    passTime(60);
    const call = { ...(await callAs(who)), at: nextInstant() };
    return [call, { code: app.codeAt(call.at) }];
  }),
  once(askToConfirm, async () => [await here((await withPasskey()).who), {}]),
  once(confirmWithPasskey, async () => {
    const { who, key } = await withPasskey();
    const call = await here(who);
    const { options } = await runCommand(askToConfirm, call, {});
    return [call, { response: key.show(options, origin) }];
  }),
  once(askSignUpLink, async () => {
    await runCommand(saveRegistration, await asOwner(), { enabled: true, role: "user" });
    return [visitor(), { email: "guest@example.com" }];
  }),
  once(signUp, async () => {
    await runCommand(saveRegistration, await asOwner(), { enabled: true, role: "user" });
    const [call, email] = [visitor(), "guest@example.com"];
    const token = sealSignUpLink(email, call.at);
    return [call, { username: "guest", email, password: strong, token }];
  }),
  once(setUp, async () => {
    await database().user.deleteMany();
    const token = (await issueSetupToken(nextInstant())) ?? "";
    return [visitor(), { username: "first", email: "first@example.com", password: strong, token }];
  }),
  once(saveRegistration, async () => [await asOwner(), { enabled: false, role: "readonly" }]),
  once(saveSecurity, async () => [await asOwner(), { passwordMinimum: 16 }]),
  once(restoreAccess, async () => {
    const { username: name } = await someone();
    return [systemCall("break glass"), { name, roles: true, password: true }];
  }),
  once(openLocalSignIn, async () => [systemCall("break glass"), {}]),
];
