import { beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { endUserSessions } from "#lib/sessions/index.ts";
import { deactivateUser, deleteUser, reactivateUser, setUserRoles } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  customRole,
  type Person,
  person,
  rolesOf,
  signedIn,
  visitor,
} from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { runForUsers } from "./run-for-users.ts";

beforeEach(() => openInstallation());

const users = async (count: number, given: object = {}) => {
  const made: Person[] = [];
  for (let number = 0; number < count; number += 1) made.push(await person({ roles: ["user"], ...given }));
  return made;
};
const sent = (ids: readonly string[], input: (id: string) => object = (id) => ({ id })) => ({
  path: "/settings/users",
  read: () => ({ ids, input }),
});
const of = (people: readonly { id: string }[], more: object = {}) =>
  sent(
    people.map(({ id }) => id),
    (id) => ({ ...more, id }),
  );
/** The rows of this request's trail. */
const trail = async ({ at }: Call, action: string) => {
  const where = { at, action };
  const rows = await database().auditEvent.findMany({ where });
  return rows.map(({ outcome, targetName, reason }) => [outcome, targetName, reason]).sort();
};
const stateOf = async ({ id }: Person) =>
  (await database().user.findUnique({ where: { id }, select: { active: true } }))?.active;

describe("each act", () => {
  test("deactivates and reactivates, with a row in the trail for each", async () => {
    const people = await users(3);
    const call = await callAs(await person({ roles: ["admin"] }));
    const rows = people.map(({ id, username }) => ({ id, name: username }));
    expect(await runForUsers(deactivateUser, call, of(people))).toEqual({ status: "ok", rows });
    expect(await Promise.all(people.map(stateOf))).toEqual([false, false, false]);
    expect(await trail(call, "deactivate user")).toEqual(
      people.map(({ username }) => ["done", username, null]),
    );
    expect(await runForUsers(reactivateUser, call, of(people))).toEqual({ status: "ok", rows });
    expect(await Promise.all(people.map(stateOf))).toEqual([true, true, true]);
  });

  test("sets roles", async () => {
    const people = await users(2);
    const call = await callAs(await person({ roles: ["admin"] }));
    await runForUsers(setUserRoles, call, of(people, { roles: ["readonly"] }));
    for (const each of people) expect(await rolesOf(each)).toEqual(["readonly"]);
    const { rows } = await runForUsers(setUserRoles, call, of(people, { roles: ["no_such"] }));
    expect(rows.map(({ reason }) => reason)).toEqual(["role_not_found", "role_not_found"]);
    expect(rows[0]?.why).toContain("no_such");
  });

  test("ends sessions; of one's own the one that asks stays", async () => {
    const [jane] = (await users(1)) as [Person];
    const self = await person({ roles: ["superadmin"] });
    const [theirs, mine] = [await signedIn(jane), await signedIn(self)];
    const own = await signedIn(self);
    const ids = [jane.id, self.id];
    const { rows } = await runForUsers(
      endUserSessions,
      await callWith(own),
      sent(ids, (userId) => ({ userId })),
    );
    expect(rows).toEqual([
      { id: jane.id, name: jane.username },
      { id: self.id, name: self.username },
    ]);
    for (const token of [theirs, mine]) expect((await callWith(token)).actor.kind).toBe("anonymous");
    expect((await callWith(own)).actor.kind).toBe("user");
  });

  test("deletes, for good and by name", async () => {
    const people = await users(2);
    const call = await callAs(await person({ roles: ["admin"] }));
    expect((await runForUsers(deleteUser, call, of(people))).rows).toHaveLength(2);
    expect(await Promise.all(people.map(stateOf))).toEqual([undefined, undefined]);
    expect(await trail(call, "delete user")).toEqual(people.map(({ username }) => ["done", username, null]));
  });
});

describe("a rule refuses its own rows by name, and the others are done", () => {
  test("own account, rank, and somebody who is gone", async () => {
    const [owner, [jane, john]] = [await person({ roles: ["superadmin"] }), await users(2)];
    const self = await person({ roles: ["admin"] });
    const gone = newId();
    const call = await callAs(self);
    const selected = [jane, self, owner, { id: gone }, john] as Person[];
    const { status, rows } = await runForUsers(deactivateUser, call, of(selected));
    expect(status).toBe("ok");
    const why = expect.any(String);
    expect(rows).toEqual([
      { id: jane?.id, name: jane?.username },
      { id: self.id, name: self.username, why, reason: "own_account" },
      { id: owner.id, name: owner.username, why, reason: "rank" },
      { id: gone, name: gone, why, reason: "user_not_found" },
      { id: john?.id, name: john?.username },
    ]);
    expect(await trail(call, "deactivate user")).toEqual([
      ["done", jane?.username, null],
      ["done", john?.username, null],
      ["refused", gone, "user_not_found"],
      ["refused", owner.username, "rank"],
      ["refused", self.username, "own_account"],
    ]);
  });

  test("guarded roles", async () => {
    const [peer, [jane]] = [await person({ roles: ["admin"] }), await users(1)];
    const call = await callAs(await person({ roles: ["admin"] }));
    const both = [peer, jane] as Person[];
    const { rows } = await runForUsers(setUserRoles, call, of(both, { roles: ["readonly"] }));
    expect(rows).toMatchObject([
      { reason: "guarded_role", why: expect.stringMatching(/\badmin\b/) },
      { id: jane?.id },
    ]);
    expect(rows[1]).not.toHaveProperty("why");
  });

  test("the last superadmin", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const role = await customRole("stand_in", ["can_manage_users", "can_manage_superusers"]);
    await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
    const [jane] = (await users(1)) as [Person];
    const call = await callAs(await person({ roles: [role] }));
    const { rows } = await runForUsers(deleteUser, call, of([owner, jane]));
    expect(rows[0]?.reason).toBe("never_empty");
    expect(await Promise.all([owner, jane].map(stateOf))).toEqual([true, undefined]);
  });
});

describe("nothing is done", () => {
  test("without the right, whatever was sent", async () => {
    const call = await callAs(await person({ roles: ["host_manager"] }));
    const before = await stored();
    const unread = () => {
      throw new Error("what was sent was read");
    };
    for (const given of [sent([]), sent(["1 OR 1=1"]), { path: "/", read: unread }]) {
      const { status, reason, rows } = await runForUsers(deleteUser, call, given);
      expect({ status, reason, rows }).toEqual({ status: "error", reason: "missing_capability", rows: [] });
    }
    expect(await stored()).toEqual(before);
    expect((await runForUsers(deleteUser, visitor(), of([]))).reason).toBe("sign_in_required");
  });

  test("with an old proof of identity: asked for once, before the first row", async () => {
    const call = await callAs(await person({ roles: ["admin"] }));
    const late = { ...call, actor: { ...call.actor, provenAt: call.at.getTime() - 31 * 60_000 } } as Call;
    const people = await users(2);
    expect(await runForUsers(deleteUser, late, of(people))).toMatchObject({
      status: "error",
      reason: "proof_required",
      rows: [],
    });
    expect(await trail(late, "delete user")).toEqual([["refused", null, "proof_required"]]);
    expect(await Promise.all(people.map(stateOf))).toEqual([true, true]);
  });

  test.each([
    ["nobody", () => []],
    ["what is no id", (ids: string[]) => [...ids, "1 OR 1=1"]],
    ["somebody twice", (ids: string[]) => [...ids, ids[0] ?? ""]],
    ["somebody twice, in another case", (ids: string[]) => [...ids, (ids[0] ?? "").toUpperCase()]],
    ["more than 25", (ids: string[]) => [...ids, ...Array.from({ length: 25 }, () => newId())]],
  ])("with %s in the selection", async (_, ids) => {
    const people = await users(1);
    const call = await callAs(await person({ roles: ["admin"] }));
    const answer = await runForUsers(deleteUser, call, sent(ids(people.map(({ id }) => id))));
    expect(answer).toMatchObject({ status: "error", reason: "invalid_input", rows: [] });
    expect(await stateOf(people[0] as Person)).toBe(true);
  });
});

test("the rest stops when the session of whoever asks ends midway; what was done is answered", async () => {
  const people = await users(3);
  const self = await person({ roles: ["admin"] });
  const call = await callAs(self);
  const last = await database().user.findUniqueOrThrow({ where: { id: people[2]?.id } });
  // The session ends with the second row, as it would through another's hands just then.
  await database().$executeRawUnsafe(`
    CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE sessions SET ended_at = now() WHERE user_id = '${self.id}'; RETURN NEW; END $$`);
  await database().$executeRawUnsafe(`
    CREATE TRIGGER ends AFTER UPDATE ON users FOR EACH ROW WHEN (NEW.id = '${people[1]?.id}')
    EXECUTE FUNCTION end_session()`);
  const answer = await runForUsers(deactivateUser, call, of(people));
  expect(answer).toMatchObject({ status: "error", reason: "sign_in_required" });
  expect(answer.rows.map(({ id }) => id)).toEqual([people[0]?.id, people[1]?.id]);
  expect(await database().user.findUnique({ where: { id: last.id } })).toEqual(last);
});

test("two administrators who deactivate each other and their colleagues at once leave one of them", async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })];
    await database().user.deleteMany({ where: { id: { notIn: [one.id, other.id] } } });
    const people = await users(3);
    const calls = [await callAs(one), await callAs(other)] as const;
    const answers = await Promise.all([
      runForUsers(deactivateUser, calls[0], of([...people, other])),
      runForUsers(deactivateUser, calls[1], of([...people, one])),
    ]);
    const active = await database().user.findMany({ where: { active: true } });
    expect(active).toHaveLength(1);
    const loser = answers[active[0]?.id === one.id ? 1 : 0];
    // Whose account went loses their session with it, and with that the rest of what they asked for.
    expect(loser).toMatchObject({ status: "error", reason: "sign_in_required" });
    expect(answers.filter(({ status }) => status === "ok")).toHaveLength(1);
  }
});
