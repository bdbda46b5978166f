import {
  askResetLink,
  cancelNewAddress,
  changeOwnPassword,
  confirmNewAddress,
  editOwnProfile,
  mailResetLink,
  redeemResetLink,
} from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { endAllSessions, endOwnOtherSessions, endOwnSession, signOut } from "#lib/sessions/index.ts";
import { addressLinkFor } from "#test/links.ts";
import { callAs, nextInstant, password as present, signedIn, visitor } from "#test/people.ts";
import { asOwner, ofMany, once, several, someone } from "../example.ts";

const password = "seven green bottles of ink";

export const ownAccount = [
  once(changeOwnPassword, async () => [
    await callAs(await someone()),
    { currentPassword: present, password },
  ]),
  once(editOwnProfile, async () => {
    const who = await someone();
    return [await callAs(who), { email: who.email, givenName: "Anna", familyName: "", version: 1 }];
  }),
  once(askResetLink, async () => [visitor(), { identifier: (await someone()).username }]),
  once(mailResetLink, async () => {
    const { username: identifier } = await someone();
    return [{ ...visitor(), actor: { kind: "system", name: "mail" } }, { identifier }];
  }),
  once(redeemResetLink, async () => {
    const { id } = await someone();
    const token = await database().$transaction((tx) => issueResetLink(tx, id, nextInstant()));
    return [visitor(), { token, password }];
  }),
  once(confirmNewAddress, async () => {
    const token = await addressLinkFor(await someone());
    return [visitor(), { token }];
  }),
  once(cancelNewAddress, async () => {
    const who = await someone();
    await addressLinkFor(who);
    return [await callAs(who), {}];
  }),
  ofMany(endOwnOtherSessions, async (rows) => {
    const who = await someone();
    await several(rows, () => signedIn(who));
    return [await callAs(who), {}];
  }),
  once(endOwnSession, async () => {
    const who = await someone();
    await signedIn(who);
    const { id } = await database().session.findFirstOrThrow({ where: { userId: who.id } });
    return [await callAs(who), { id }];
  }),
  ofMany(endAllSessions, async (rows) => {
    await database().session.deleteMany();
    for (const who of await several(rows, someone)) await signedIn(who);
    return [await asOwner(), {}];
  }),
  once(signOut, async () => [await callAs(await someone()), {}]),
];
