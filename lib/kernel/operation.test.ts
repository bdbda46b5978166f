import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { loadClient } from "#lib/scim/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, person, visitor } from "#test/people.ts";
import { scimToken } from "#test/scim-client.ts";
import { stored } from "#test/stored.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { type Call, systemCall } from "./call.ts";
import { account } from "./caller.ts";
import { AccessLockNeeded, database, holdsAccess, needAccess, shares, transaction } from "./database.ts";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";
import { defineCommand, defineQuery, runCommand, runQuery } from "./operation.ts";

beforeAll(() => openInstallation());

const prepare = vi.fn(async () => "prepared");
const body = vi.fn(async () => {});
beforeEach(() => vi.clearAllMocks());

const input = z.object({ key: z.string().min(2, "Too short."), more: z.array(z.string()).default([]) });
const write = defineCommand({
  name: "write setting",
  needs: "manageSettings",
  input,
  about: ({ key }) => ({ kind: "settings", name: key }),
  prepare,
  async run({ tx, call }, { key }, prepared) {
    await tx.setting.create({ data: { key, value: 1, updatedAt: call.at } });
    await body();
    return {
      target: { kind: "settings", name: key },
      before: { was: 0 },
      after: { is: 1 },
      result: prepared,
    };
  },
});
const settingCount = (key: string) => database().setting.count({ where: { key } });
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));

test("a command's change and its row in the trail are one transaction", async () => {
  const call = await asAdmin();
  expect(await runCommand(write, call, { key: "together" })).toBe("prepared");
  const event = await lastEvent();
  expect(event).toMatchObject({ action: "write setting", outcome: "done", targetName: "together" });
  expect(event).toMatchObject({ before: { was: 0 }, after: { is: 1 }, at: call.at });
  const [same] = await database().$queryRaw<unknown[]>`
    SELECT s.xmin = e.xmin AS one FROM settings s, audit_events e
    WHERE s.key = 'together' AND e.id = ${event.id}::uuid`;
  expect(same).toEqual({ one: true });
});

test("when the trail cannot be written, nothing else is", async () => {
  await database().$executeRaw`
    CREATE TRIGGER no_room BEFORE INSERT ON audit_events FOR EACH ROW
    WHEN (NEW.action = 'write setting') EXECUTE FUNCTION audit_events_append_only()`;
  const call = await asAdmin();
  await expect(runCommand(write, call, { key: "untraced" })).rejects.toThrow(/append-only/);
  expect(await settingCount("untraced")).toBe(0);

  // A refusal that leaves no trace does not look like an ordinary one either.
  await expect(runCommand(write, visitor(), { key: "untraced" })).rejects.toThrow(/append-only/);
  await database().$executeRaw`DROP TRIGGER no_room ON audit_events`;
});

test("a body that refuses after it wrote leaves its refusal and nothing else", async () => {
  body.mockRejectedValueOnce(new AppError("conflict", "on_second_thoughts", "Not like this."));
  await refused(
    write,
    await asAdmin(),
    { key: "withdrawn" },
    { code: "conflict", reason: "on_second_thoughts" },
  );
  expect(await lastEvent()).toMatchObject({ targetKind: "settings", targetName: "withdrawn" });
});

test("a bug passes as it is: nothing is kept, nothing is told in the trail", async () => {
  const call = await asAdmin();
  const before = [await stored(), await database().auditEvent.count()];
  const bug = new TypeError("undefined is not a function");
  body.mockRejectedValueOnce(bug);
  await expect(runCommand(write, call, { key: "broken" })).rejects.toBe(bug);
  expect([await stored(), await database().auditEvent.count()]).toEqual(before);
});

test("capability before input, before preparation, before the body", async () => {
  const call = await callAs(await person({ roles: ["user"] }));
  const error = await refused(
    write,
    call,
    { nonsense: true },
    { code: "forbidden", reason: "missing_capability" },
  );
  expect(error.details).toEqual({ needs: "manageSettings" });
  expect(error.fields).toEqual({});
  await refused(write, visitor(), 7, { code: "unauthenticated", reason: "sign_in_required" });
  expect(await failure(runCommand(write, systemCall("a job"), 7))).toMatchObject({ code: "forbidden" });
  expect(prepare).not.toHaveBeenCalled();
  expect(body).not.toHaveBeenCalled();
});

test("wrong input is told field by field, before preparation, and is no event", async () => {
  const call = await asAdmin();
  const before = await database().auditEvent.count();
  const error = await failure(runCommand(write, call, { key: "a", more: [1, 2] }));
  expect(error).toMatchObject({ code: "invalid", reason: "invalid_input" });
  expect(error.fields).toEqual({ key: ["Too short."], more: [expect.any(String), expect.any(String)] });
  expect(error.rules).toEqual({ key: ["too_small"], more: ["invalid_type", "invalid_type"] });
  expect((await failure(runCommand(write, call, "text"))).fields).toEqual({ "": [expect.any(String)] });
  expect(await database().auditEvent.count()).toBe(before);
  expect(prepare).not.toHaveBeenCalled();
});

test("a NUL, which PostgreSQL cannot store, is a wrong field and no bug", async () => {
  const call = await asAdmin();
  const error = await failure(runCommand(write, call, { key: "a\0b", more: ["fine", "not\0fine"] }));
  expect(error).toMatchObject({ code: "invalid", reason: "invalid_input" });
  expect(Object.keys(error.fields)).toEqual(["key", "more"]);
  expect(error.rules).toEqual({ key: ["invalid_format"], more: ["invalid_format"] });
});

test("preparation is over before the transaction begins, and its refusal is in the trail", async () => {
  prepare.mockRejectedValueOnce(new AppError("conflict", "unprepared", "Not today."));
  await refused(write, await asAdmin(), { key: "unprepared" }, { code: "conflict", reason: "unprepared" });
  expect(body).not.toHaveBeenCalled();
});

const query = defineQuery({
  name: "read setting",
  needs: "viewSettings",
  input,
  run: ({ reader }, { key }) => reader.setting.count({ where: { key } }),
});

test("a query refuses like a command, before it looks at its input", async () => {
  const outsider = await callAs(await person({ roles: ["user"] }));
  expect(await failure(runQuery(query, outsider, 7))).toMatchObject({ code: "forbidden" });
  expect(await failure(runQuery(query, visitor(), 7))).toMatchObject({ code: "unauthenticated" });
  expect(await failure(runQuery(query, await asAdmin(), 7))).toMatchObject({ code: "invalid" });
  expect(await runQuery(query, await asAdmin(), { key: "nothing" })).toBe(0);
});

describe("T15: a refused read", () => {
  const rows = (requestId: string) =>
    database().auditEvent.findMany({
      where: { requestId },
      select: { action: true, outcome: true, reason: true },
    });

  test("leaves one row of the request, however many parts of the page ask", async () => {
    const outsider = await callAs(await person({ roles: ["user"] }));
    const call = { ...outsider, door: "page" as const, requestId: "one page" };
    // Each part of a page has a call of its own.
    await Promise.all([1, 2, 3].map(() => failure(runQuery(query, { ...call }, { key: "nothing" }))));
    await failure(runQuery(query, { ...call, requestId: "the next" }, { key: "nothing" }));
    const row = { action: "read setting", outcome: "refused", reason: "missing_capability" };
    expect(await rows("one page")).toEqual([row]);
    expect(await rows("the next")).toEqual([row]);
  });

  test("of somebody who has not signed in, or of what is not there, is an ordinary answer", async () => {
    const call = { ...(await asAdmin()), requestId: "ordinary" };
    const gone = defineQuery({
      name: "read what is gone",
      needs: "viewSettings",
      input,
      run: () => Promise.reject(new AppError("not_found", "gone", "It is gone.")),
    });
    await failure(runQuery(gone, call, { key: "nothing" }));
    await failure(runQuery(query, { ...visitor(), requestId: "ordinary" }, { key: "nothing" }));
    expect(await rows("ordinary")).toEqual([]);
  });
});

describe("whoever waited for their turn acts only as who they are by then", () => {
  /** Every turn to write is somebody else's while the command comes and `meanwhile` happens. */
  async function afterWaiting(command: () => Promise<unknown>, meanwhile: () => Promise<unknown>) {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const { writers } = shares(env().databasePoolSize);
    const held = Array.from({ length: writers }, (_, number) =>
      transaction(() => over, { turnOf: account(`busy ${number}`) }),
    );
    const waiting = failure(command());
    await meanwhile();
    end();
    await Promise.all(held);
    return waiting;
  }
  const change = async ({ call }: { call: Call }) => {
    await body();
    return { target: { kind: "installation" as const, name: call.door }, result: null };
  };
  const ofAll = defineCommand({
    name: "touch all",
    needs: "manageSettings",
    input: z.object({}),
    run: change,
  });
  const own = defineCommand({ name: "touch own", needs: "enrolling", input: z.object({}), run: change });
  const client = defineCommand({ name: "touch", needs: "scim:users", input: z.object({}), run: change });
  const out = { code: "unauthenticated", reason: "sign_in_required" };
  const inactive = (id: string) => database().user.update({ where: { id }, data: { active: false } });
  const ended = (userId: string) =>
    database().session.updateMany({ where: { userId }, data: { endedAt: new Date(), endedWhy: "test" } });
  const without = (userId: string) => database().assignment.deleteMany({ where: { userId } });
  const missing = { code: "forbidden", reason: "missing_capability" };

  test.each([
    ["was deactivated", ofAll, inactive, out],
    ["has no session any more", ofAll, ended, out],
    ["has no such right any more", ofAll, without, missing],
    ["was deactivated, whose act is their own", own, inactive, out],
    ["has no session any more, whose act is their own", own, ended, out],
  ] as const)("somebody who by then %s", async (_, command, meanwhile, refusal) => {
    const who = await person({ roles: ["admin"] });
    const call = await callAs(who);
    const refused = await afterWaiting(
      () => runCommand(command, call, {}),
      () => meanwhile(who.id),
    );
    expect(refused).toMatchObject(refusal);
    expect(body).not.toHaveBeenCalled();
  });

  test("a client whose token was revoked meanwhile", async () => {
    const token = await scimToken();
    const call = { ...visitor(), actor: await loadClient(token, new Date()) };
    const revoked = () => database().scimToken.updateMany({ data: { revokedAt: new Date() } });
    expect(await afterWaiting(() => runCommand(client, call, {}), revoked)).toMatchObject(out);
    expect(body).not.toHaveBeenCalled();
  });
});

describe("a command that changes access only sometimes", () => {
  const tried: boolean[] = [];
  const sometimes = defineCommand({
    name: "write setting sometimes",
    needs: "manageSettings",
    input,
    changesAccess: "sometimes",
    async run({ tx, call }, { key, more }) {
      tried.push(holdsAccess(tx));
      await tx.setting.create({ data: { key, value: more, updatedAt: call.at } });
      if (more.length > 0) needAccess(tx);
      return { target: { kind: "settings", name: key }, result: undefined };
    },
  });
  beforeEach(() => {
    tried.length = 0;
  });

  test("runs without the lock, and writes once", async () => {
    await runCommand(sometimes, await asAdmin(), { key: "free" });
    expect(tried).toEqual([false]);
    expect(await settingCount("free")).toBe(1);
  });

  test("is undone and runs alone where it finds that it does, with the actor as they are by then", async () => {
    await runCommand(sometimes, await asAdmin(), { key: "alone", more: ["x"] });
    expect(tried).toEqual([false, true]);
    expect(await settingCount("alone")).toBe(1);
    expect(await database().auditEvent.count({ where: { targetName: "alone" } })).toBe(1);
    const call = await asAdmin();
    const demoted = {
      ...call,
      actor: { ...call.actor, reload: async () => ({ kind: "anonymous" as const }) },
    };
    const error = await failure(runCommand(sometimes, demoted as typeof call, { key: "lost", more: ["x"] }));
    expect(error).toMatchObject({ code: "unauthenticated", reason: "sign_in_required" });
    expect(await settingCount("lost")).toBe(0);
  });

  test("one that does not say so cannot change access", async () => {
    const silent = defineCommand({
      ...sometimes,
      name: "write setting silently",
      changesAccess: undefined,
    } as unknown as typeof sometimes);
    const wrong = runCommand(silent, await asAdmin(), { key: "silent", more: ["x"] });
    await expect(wrong).rejects.toThrow(AccessLockNeeded);
    expect(await settingCount("silent")).toBe(0);
  });
});
