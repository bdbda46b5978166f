import { database } from "#lib/kernel/database.ts";
import { endUserSession, endUserSessions } from "#lib/sessions/index.ts";
import {
  applyPreset,
  createUser,
  deactivateUser,
  deleteUser,
  editUserRoles,
  reactivateUser,
  resetPassword,
  resetPasswordByLink,
  setRoleExpression,
  setUserRoles,
  updateUser,
} from "#lib/users/index.ts";
import { callAs, person, signedIn } from "#test/people.ts";
import { asOwner, ofMany, once, several, someone } from "../example.ts";

const password = "four quiet lamps by the sea";

export const users = [
  once(createUser, async () => [
    await asOwner(),
    { username: "newcomer", email: "newcomer@example.com", password, roles: ["user"] },
  ]),
  once(updateUser, async () => {
    const { username: _, ...who } = await someone();
    const names = { givenName: "Jane", familyName: "Doe" };
    return [await asOwner(), { ...who, ...names, roles: ["readonly"], active: true, version: 1 }];
  }),
  once(setUserRoles, async () => [await asOwner(), { id: (await someone()).id, roles: ["readonly"] }]),
  ofMany(
    editUserRoles,
    async (rows) => {
      const { id } = await person({ roles: ["viewer"] });
      const assignments = Array.from({ length: rows }, (_, index) => ({
        role: "settings_manager",
        startsAt: new Date(Date.UTC(2027, index, 1)).toISOString(),
        endsAt: new Date(Date.UTC(2027, index, 20)).toISOString(),
      }));
      return [
        await asOwner("settings_manager"),
        { id, version: 1, assignments, confirmed: ["settings_manager"] },
      ];
    },
    "uptrakit",
  ),
  once(
    setRoleExpression,
    async () => [
      await asOwner("administrator"),
      { id: (await someone()).id, expression: "rule_write,node_read" },
    ],
    "rudder",
  ),
  once(
    applyPreset,
    async () => {
      const call = await asOwner("settings_manager");
      return [call, { id: (await someone("viewer")).id, preset: "operator", confirmed: [] }];
    },
    "uptrakit",
  ),
  ofMany(deactivateUser, async (rows) => {
    const who = await someone();
    await several(rows, () => signedIn(who));
    return [await asOwner(), { id: who.id }];
  }),
  once(reactivateUser, async () => {
    const who = await person({ roles: ["user"], active: false });
    return [await asOwner(), { id: who.id }];
  }),
  once(deleteUser, async () => [await asOwner(), { id: (await someone()).id }]),
  once(resetPassword, async () => [await asOwner(), { id: (await someone()).id, password }]),
  once(resetPasswordByLink, async () => [await asOwner(), { id: (await someone()).id }]),
  ofMany(endUserSessions, async (rows) => {
    const who = await someone();
    await several(rows, () => signedIn(who));
    return [await asOwner(), { userId: who.id }];
  }),
  once(endUserSession, async () => {
    const who = await someone();
    await callAs(who);
    const { id } = await database().session.findFirstOrThrow({ where: { userId: who.id } });
    return [await asOwner(), { id }];
  }),
];
