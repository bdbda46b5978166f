import { beforeAll, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database, lockAccess, type Tx } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { updateUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, callWith, type Person, password, person, visitor } from "#test/people.ts";
import { signIn } from "./sign-in.ts";

beforeAll(() => openInstallation());

const nobody = { kind: "anonymous" };
const names = { givenName: "", familyName: "", roles: ["user"] };
const asSuperadmin = async () => callAs(await person({ roles: ["superadmin"] }));
const contextOf = (call: Call, tx: Tx) => ({ call, actor: call.actor, at: call.at.getTime(), tx });

/** Whoever got a session out of the race: it opens nothing, not even when the account is active again. */
async function expectNoRevival({ id }: Person, tokens: readonly string[]) {
  expect(await database().session.count({ where: { userId: id, endedAt: null } })).toBe(0);
  await database().user.update({ where: { id }, data: { active: true } });
  for (const token of tokens) expect((await callWith(token)).actor).toEqual(nobody);
}

test("a session that is born while its user is deactivated ends with the others", async () => {
  const user = await person({ roles: ["user"] });
  const [call, arriving] = [await asSuperadmin(), visitor()];
  const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: user.id } });
  const { first } = await overlap(
    (tx) =>
      signIn.run(
        contextOf(arriving, tx),
        { identifier: user.username, password },
        { id: user.id, username: user.username, passwordHash: passwordHash ?? "" },
      ),
    () => runCommand(updateUser, call, { ...user, ...names, active: false, version: 1 }),
  );
  await expectNoRevival(user, [first.result.token]);
});

test("a sign-in that waits for the deactivation is refused, though the password was right before", async () => {
  const user = await person({ roles: ["user"] });
  const call = await asSuperadmin();
  const input = { id: user.id, email: user.email, ...names, active: false, version: 1, confirmed: [] };
  const { second } = await overlap(
    async (tx) => {
      await lockAccess(tx);
      return updateUser.run(contextOf(call, tx), input);
    },
    () => runCommand(signIn, visitor(), { identifier: user.username, password }),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "bad_credentials" } });
  await expectNoRevival(user, []);
});

test("a sign-in that waits for a new password is refused with the old one", async () => {
  const user = await person({ roles: ["user"] });
  const { second } = await overlap(
    (tx) => tx.user.update({ where: { id: user.id }, data: { passwordHash: "$argon2id$new" } }),
    () => runCommand(signIn, visitor(), { identifier: user.username, password }),
  );
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "bad_credentials" } });
});

test("sign-ins and deactivation all at once, in whatever order: no session is left", async () => {
  const user = await person({ roles: ["user"] });
  for (let version = 1; version <= 10; version++) {
    const call = await asSuperadmin();
    const attempts = Array.from({ length: 3 }, (_, index) =>
      runCommand(signIn, visitor(`198.51.100.${index}`), { identifier: user.username, password }),
    );
    const change = runCommand(updateUser, call, { ...user, ...names, active: false, version });
    const [results] = await Promise.all([Promise.allSettled(attempts), change]);
    await expectNoRevival(
      user,
      results.flatMap((result) => (result.status === "fulfilled" ? [result.value.token] : [])),
    );
  }
});
