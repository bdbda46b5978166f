import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  customRole,
  type Person,
  passTime,
  person,
  signedIn,
  visitor,
} from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { byAdministrator } from "./end-user-sessions.ts";
import { endUserSession, listOwnSessions, listSessions, startSession } from "./index.ts";
import { currentSessionRefusal } from "./rules.ts";
import { ranIdle } from "./session-end.ts";
import { signInWords } from "./sign-in-words.ts";

beforeAll(() => openInstallation());

let admin: Person;
let call: Call;
beforeEach(async () => {
  await database().session.deleteMany();
  admin = await person({ roles: ["admin"] });
  call = await callAs(admin);
});

const list = async (input: object = {}, by = call) => runQuery(listSessions, by, input);
const whose = async (input: object = {}) => (await list(input)).rows.map(({ user }) => user.username);
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A later request of the same browser. */
const again = (): Call => ({ ...call, at: visitor().at });

describe("T18: the list of sessions", () => {
  test("shows user, device, address, way of signing in, times, and which one is asking", async () => {
    const user = await person({ roles: ["user"], givenName: "Una", familyName: "User" });
    const from: Call = { ...visitor("203.0.113.7"), agent: firefox };
    const proof = { method: "password", factor: "totp" } as const;
    await database().$transaction((tx) => startSession(tx, from, user.id, proof));
    const page = await list({}, again());
    expect(page).toMatchObject({ total: 2, capped: false, next: undefined, previous: undefined });
    expect(page.rows[0]).toEqual({
      id: expect.any(String),
      user: { id: user.id, username: user.username, name: "Una User", you: false },
      device: "Firefox 140 on Linux",
      agent: firefox,
      address: "203.0.113.7",
      signIn: signInWords(proof.method, proof.factor),
      createdAt: from.at,
      lastUsedAt: from.at,
      expiresAt: new Date(from.at.getTime() + 7 * 24 * 3_600_000),
      ended: undefined,
      current: false,
      endWhy: undefined,
    });
    expect(page.rows[1]).toMatchObject({
      user: { id: admin.id, you: true },
      current: true,
      endWhy: currentSessionRefusal(call.actor, page.rows[1]?.id ?? "")?.message,
    });
    expect(JSON.stringify(page)).not.toMatch(/hash|token/i);
  });

  test("has the live ones, last used first; the ended ones are kept and say who ended them and why", async () => {
    const [ada, ben, cleo] = [
      await person({ roles: ["user"], username: "ada" }),
      await person({ roles: ["user"], username: "ben" }),
      await person({ roles: ["user"], username: "cleo" }),
    ];
    for (const who of [ada, ben, cleo]) await signedIn(who);
    const last = visitor().at;
    await database().session.updateMany({ where: { userId: ada.id }, data: { lastUsedAt: last } });
    call = again();
    expect(await whose()).toEqual(["ada", "cleo", "ben", admin.username]);
    const row = (await list()).rows.find(({ user }) => user.id === ben.id);
    await runCommand(endUserSession, call, { id: row?.id });
    expect(await whose()).toEqual(["ada", "cleo", admin.username]);
    const { rows } = await list({ state: "ended" });
    expect(rows).toMatchObject([
      {
        user: { username: "ben" },
        ended: { at: call.at, why: byAdministrator, by: admin.username },
      },
    ]);
  });

  test("tells of sessions that ran out by themselves when they did, and those of inactive people are not live", async () => {
    const [idle, gone] = [await person({ roles: ["user"] }), await person({ roles: ["user"] })];
    await signedIn(idle);
    const { lastUsedAt } = await database().session.findFirstOrThrow({ where: { userId: idle.id } });
    passTime(24 * 3600);
    call = await callAs(admin);
    await signedIn(gone);
    await database().user.update({ where: { id: gone.id }, data: { active: false } });
    call = again();
    expect(await whose()).toEqual([admin.username]);
    const { rows } = await list({ state: "ended", q: idle.username });
    const at = new Date(lastUsedAt.getTime() + 24 * 3_600_000);
    expect(rows.map(({ ended }) => ended)).toEqual([{ at, why: ranIdle, by: null }]);
  });

  test("is searched by user and filtered by way of signing in", async () => {
    const user = await person({ roles: ["user"], username: "percy", email: "p100%@example.com" });
    await database().$transaction((tx) => startSession(tx, visitor(), user.id, { method: "passkey" }));
    call = again();
    for (const q of ["PERC", "p100%", user.id]) expect(await whose({ q })).toEqual(["percy"]);
    expect(await whose({ q: "p1_0" })).toEqual([]);
    expect(await whose({ method: "passkey" })).toEqual(["percy"]);
    expect(await whose({ method: "password" })).toEqual([admin.username]);
    expect(await whose({ method: "' OR 1=1" })).toHaveLength(2);
  });

  test("pages both ways without losing or repeating a row, ties included", async () => {
    const user = await person({ roles: ["user"] });
    const { at } = visitor();
    const rows = Array.from({ length: 60 }, (_, index) => ({
      id: newId(),
      tokenHash: Buffer.from(newId()),
      userId: user.id,
      method: "password",
      createdAt: at,
      provenAt: at,
      lastUsedAt: new Date(at.getTime() + Math.floor(index / 7)),
      expiresAt: new Date(at.getTime() + 3_600_000),
    }));
    await database().session.createMany({ data: rows });
    call = again();
    for (const sort of ["-lastUsed", "lastUsed", "-created", "created"]) {
      const first = await list({ sort, q: user.username });
      const second = await list({ sort, q: user.username, after: first.next });
      const third = await list({ sort, q: user.username, after: second.next });
      expect([first.rows.length, second.rows.length, third.rows.length]).toEqual([25, 25, 10]);
      expect([first.previous, third.next, first.total]).toEqual([undefined, undefined, 60]);
      const ids = [first, second, third].flatMap((page) => page.rows.map(({ id }) => id));
      expect(new Set(ids).size).toBe(60);
      const back = await list({ sort, q: user.username, before: third.previous });
      expect(back.rows).toEqual(second.rows);
    }
  });

  test("takes a forged or stale cursor as the first page", async () => {
    const forged = [
      "nonsense",
      encodeCursor({ value: "now()", id: admin.id }),
      encodeCursor({ value: "1", id: admin.id }),
    ];
    for (const after of forged) expect(await whose({ after })).toEqual([admin.username]);
  });

  test("is for those who may manage sessions, and says of which rows a rule protects them", async () => {
    const watcher = await callAs(await person({ roles: [await customRole("watcher", ["can_view_users"])] }));
    expect(await failure(list({}, watcher))).toMatchObject({ reason: "missing_capability" });
    await signedIn(await person({ roles: ["superadmin"], username: "root" }));
    call = again();
    const root = (await list({ q: "root" })).rows[0];
    expect(root?.endWhy).toMatch(/^Cannot modify a user with a higher-privilege role: root/);
  });
});

test("one's own list has one's live sessions and nobody else's, the one that asks first", async () => {
  const user = await person({ roles: ["user"] });
  await signedIn(await person({ roles: ["user"] }));
  const own = await signedIn(user);
  const other = await signedIn(user);
  const ownCall = await callWith(own);
  const { rows } = await runQuery(listOwnSessions, ownCall, {});
  expect(rows.map(({ current }) => current)).toEqual([true, false]);
  const { rows: otherRows } = await runQuery(listOwnSessions, await callWith(other), {});
  expect(otherRows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).reverse());
  expect(await failure(runQuery(listOwnSessions, visitor(), {}))).toMatchObject({
    reason: "sign_in_required",
  });
});

test("one's own list comes a page at a time, to the last of many and back, each session once", async () => {
  const user = await person({ roles: ["user"] });
  const tokens: string[] = [];
  for (let number = 0; number < 61; number++) tokens.push(await signedIn(user));
  const ownCall = await callWith(tokens[30] as string);
  const pages = [await runQuery(listOwnSessions, ownCall, {})];
  while (pages.at(-1)?.next)
    pages.push(await runQuery(listOwnSessions, ownCall, { after: pages.at(-1)?.next }));
  expect(pages.map(({ rows, total }) => [rows.length, total])).toEqual([
    [26, 61],
    [25, 61],
    [10, 61],
  ]);
  const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(61);
  expect(pages.map(({ rows }) => rows.filter(({ current }) => current).length)).toEqual([1, 0, 0]);
  expect(pages[0]?.rows[0]?.current).toBe(true);
  const back = await runQuery(listOwnSessions, ownCall, { before: pages[2]?.previous });
  expect(back.rows).toEqual(pages[1]?.rows);
  const first = await runQuery(listOwnSessions, ownCall, { before: pages[1]?.previous });
  expect(first.rows).toEqual(pages[0]?.rows);
});
