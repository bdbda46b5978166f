import { runCommand } from "#lib/kernel/operation.ts";
import {
  type SignedIn,
  signIn,
  signInWithCode,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
} from "#lib/sign-in/index.ts";
import { keepBrowserSecret } from "./keep-browser.ts";
import { currentCall } from "./session.ts";
import { setSignInCookie, signInCookie } from "./sign-in-cookies.ts";

type Sent = Record<string, unknown>;

/** The steps of signing in, the same for our forms and for next-auth's own route: tickets come from cookies alone. */
export async function enterWithPassword(sent: Sent): Promise<SignedIn> {
  const done = await runCommand(signIn, await currentCall("action"), sent);
  if (done.kind === "ticket") await setSignInCookie("ticket", done);
  await keepBrowserSecret(done.browser);
  return done;
}

export async function enterWithSecondFactor(sent: Sent): Promise<SignedIn> {
  const call = await currentCall("action");
  const input = { ...sent, ticket: await signInCookie("ticket") };
  const done = sent.response
    ? await runCommand(signInWithPasswordAndPasskey, call, input)
    : await runCommand(signInWithCode, call, input);
  await setSignInCookie("ticket", undefined);
  await keepBrowserSecret(done.browser);
  return done;
}

export async function enterWithPasskey(sent: Sent): Promise<SignedIn> {
  const done = await runCommand(signInWithPasskey, await currentCall("action"), sent);
  await keepBrowserSecret(done.browser);
  return done;
}
