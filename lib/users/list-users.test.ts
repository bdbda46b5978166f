import { beforeAll, describe, expect, test } from "vitest";
import {
  ownDeactivationRefusal,
  ownDeletionRefusal,
  ownResetRefusal,
  ownRoleRefusal,
} from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, type Person, person, visitor } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { listUsers } from "./list-users.ts";
import { mayManage } from "./rules.ts";
import { userSorts } from "./schema.ts";

let admin: Person;
let call: Call;
let percy: Person;
beforeAll(async () => {
  const close = await openInstallation();
  admin = await person({ roles: ["admin"], username: "admin", givenName: "Ada", familyName: "Min" });
  call = await callAs(admin);
  percy = await person({ roles: ["user"], username: "percy_100", email: "percy%100@example.com" });
  await person({ roles: ["user"], username: "percyx100", givenName: "Zoë", familyName: "Ａｒｐ" });
  await person({ roles: ["readonly"], username: "gone", active: false });
  await person({ roles: ["superadmin"], username: "root" });
  return close;
});

const list = (input: object, by: Call = call) => runQuery(listUsers, by, input);
const found = async (input: object) => (await list(input)).rows.map(({ username }) => username);

test("a row has what the table shows, and no password hash", async () => {
  const { rows, total, capped, next, previous } = await list({});
  expect(rows.map(({ username }) => username)).toEqual(["admin", "gone", "percy_100", "percyx100", "root"]);
  expect(rows[0]).toEqual({
    ...admin,
    name: "Ada Min",
    active: true,
    createdAt: expect.any(Date),
    lastSignInAt: null,
    roles: [
      {
        id: expect.any(String),
        key: "admin",
        label: "Admin",
        dangerous: expect.any(Boolean),
        source: "local",
        start: null,
        end: null,
        window: null,
        roleWindow: null,
        place: null,
      },
    ],
    unknownEntries: [],
    you: true,
    deleteWhy: ownDeletionRefusal(call.actor, admin.id)?.message,
    deactivateWhy: ownDeactivationRefusal(call.actor, admin.id)?.message,
    rolesWhy: ownRoleRefusal(call.actor, admin.id)?.message,
    sessionsWhy: undefined,
    resetWhy: ownResetRefusal(call.actor, admin.id)?.message,
    editWhy: undefined,
  });
  expect({ total, capped, next, previous }).toEqual({ total: 5, capped: false });
  expect(JSON.stringify(rows)).not.toMatch(/hash|argon2/i);
});

test("rows that may not be edited say why, in the words of the rule", async () => {
  const why = async (by: Call) =>
    Object.fromEntries((await list({}, by)).rows.map(({ username, editWhy }) => [username, editWhy]));
  expect((await why(call)).root).toMatch(/^Cannot modify a user with a higher-privilege role: root/);
  expect((await why(call)).percyx100).toBeUndefined();
  const peer = await person({ roles: ["admin"], username: "peer" });
  const { rows } = await list({ q: "peer" });
  expect(rows[0]).toMatchObject({ rolesWhy: expect.stringMatching(/\badmin\b/), deactivateWhy: undefined });
  await database().user.delete({ where: { id: peer.id } });
  const role = await customRole("onlooker", ["can_view_users"]);
  const onlooker = await callAs(await person({ roles: [role], username: "zz_onlooker" }));
  expect((await why(onlooker)).gone).toBe(mayManage(onlooker.actor, onlooker.at.getTime()));
  await database().user.deleteMany({
    where: { username: { notIn: ["admin", "gone", "percy_100", "percyx100", "root"] } },
  });
});

describe("search and filters", () => {
  test.each([
    ["ADMIN", ["admin"]],
    ["ada min", ["admin"]],
    ["zoë", ["percyx100"]],
    ["arp", ["percyx100"]],
    ["percy_1", ["percy_100"]],
    ["percy%1", ["percy_100"]],
    ["%", ["percy_100"]],
    ["\\", []],
    ["'; DROP TABLE users; --", []],
    ["role:user", ["percy_100", "percyx100"]],
    ["role:user percy_", ["percy_100"]],
    ["role:nobody", []],
    ["status:inactive", ["gone"]],
    ["dormant:1d", ["admin", "gone", "percy_100", "percyx100", "root"]],
    ["admin colour:red", []],
  ])("q=%j", async (q, expected) => {
    expect(await found({ q })).toEqual(expected);
  });

  test("a pasted id finds its user", async () => {
    expect(await found({ q: percy.id })).toEqual(["percy_100"]);
    expect(await found({ q: percy.id.toUpperCase() })).toEqual(["percy_100"]);
    expect(await found({ q: newId() })).toEqual([]);
  });

  test("by role and status; what is typed wins over what is chosen", async () => {
    expect(await found({ role: "readonly" })).toEqual(["gone"]);
    expect(await found({ role: "readonly", status: "active" })).toEqual([]);
    expect(await found({ role: "readonly", q: "role:superadmin" })).toEqual(["root"]);
    expect(await found({ status: "active", q: "status:inactive" })).toEqual(["gone"]);
  });

  test("dormant: not signed in for so many days, or never", async () => {
    const lastSignInAt = new Date(call.at.getTime() - 10 * 24 * 60 * 60_000);
    await database().user.update({ where: { id: percy.id }, data: { lastSignInAt } });
    expect(await found({ q: "percy dormant:11d" })).toEqual(["percyx100"]);
    expect(await found({ q: "percy dormant:9d" })).toEqual(["percy_100", "percyx100"]);
    await database().user.update({ where: { id: percy.id }, data: { lastSignInAt: null } });
  });
});

describe("what makes no sense in the address falls back", () => {
  test.each([
    { size: "7" },
    { size: "1000000" },
    { sort: "password_hash" },
    { sort: "username; DROP TABLE users" },
    { status: "asleep" },
    { q: "a".repeat(201) },
    { q: "a\0" },
    { role: "user\0" },
    { after: "nonsense" },
    { before: "nonsense" },
    { after: "a\0" },
    { q: ["a", "b"], role: ["user"], sort: { length: 1 } },
  ])("%j", async (input) => {
    expect(await found(input)).toEqual(["admin", "gone", "percy_100", "percyx100", "root"]);
  });
});

describe("forged cursors are harmless", () => {
  const forged = [
    "9999-99-99 99:99:99+00",
    "2026-02-30 00:00:00+00",
    "999999999-01-01 00:00:00+00",
    "2026-01-01 00:00:00+99:99",
    "0000-01-01 00:00:00+00",
    "infinity",
    "yes",
    "'; DROP TABLE users; --",
    "",
    "\ud800",
  ];
  const sorts = userSorts.flatMap((sort) => [sort, `-${sort}`]);
  test.each(sorts)("sorted by %s", async (sort) => {
    for (const value of forged) {
      const cursor = encodeCursor({ value, id: newId() });
      for (const side of ["after", "before"]) {
        const page = await list({ sort, [side]: cursor });
        expect(page.rows.length).toBeLessThanOrEqual(5);
        expect(page.total).toBe(5);
      }
    }
  });
});

test("P53: whoever may not view users gets a refusal with no data in it", async () => {
  const outsider = await callAs(await person({ roles: ["host_manager"], username: "zz_outsider" }));
  const error = await failure(list({ q: "percy" }, outsider));
  expect(error).toMatchObject({ code: "forbidden", reason: "missing_capability" });
  const told = JSON.stringify({ ...error, message: error.message });
  expect(told).not.toMatch(/percy|example\.com/);
  expect(await failure(list({}, visitor()))).toMatchObject({ code: "unauthenticated" });
});
