import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { openInstallation, pointAt } from "#test/installation.ts";
import { callAs, person, visitor } from "#test/people.ts";
import { database, type Tx, transaction } from "./database.ts";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";
import { log } from "./log.ts";
import { defineCommand, defineQuery, runCommand, runQuery } from "./operation.ts";
import { notNow, unavailable } from "./unavailable.ts";

beforeAll(() => openInstallation());

const notNowFor = (reason: string) => ({
  code: "unavailable",
  reason,
  details: { retryAfter: expect.any(Number) },
});

test.each<[string, string, (tx: Tx) => Promise<unknown>]>([
  [
    "a statement that takes too long",
    "database_slow",
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 30`;
      await tx.$queryRaw`SELECT pg_sleep(5)::text`;
    },
  ],
  [
    "a lock that others hold",
    "database_locked",
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE policy`;
      await transaction(async (second) => {
        await second.$executeRaw`SET LOCAL lock_timeout = 30`;
        await second.policy.findFirst();
      });
    },
  ],
  [
    "a read-only database",
    "database_read_only",
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      await tx.rateLimit.create({ data: { key: "one", points: 1 } });
    },
  ],
  [
    "a connection that the server ends",
    "database_away",
    (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`,
  ],
  [
    "a connection that ended while the transaction thought",
    "database_away",
    async (tx) => {
      const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await database().$queryRaw`SELECT pg_terminate_backend(${own?.pid}::int, 5000)`;
    },
  ],
])("%s is %s for whoever asked", async (_what, reason, work) => {
  await expect(transaction(work)).rejects.toMatchObject(notNowFor(reason));
});

test("what has another cause stays what it is", async () => {
  const key = "twice";
  await database().rateLimit.create({ data: { key, points: 1 } });
  const again = database().rateLimit.create({ data: { key, points: 1 } });
  await expect(again).rejects.toMatchObject({ code: "P2002" });
  const refusal = new AppError("conflict", "elsewhere", "Not this one.");
  const ofMail = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  for (const error of [refusal, ofMail])
    await expect(transaction(() => Promise.reject(error))).rejects.toBe(error);
});

test.each([
  ["database_full", { meta: { driverAdapterError: { cause: { originalCode: "53100" } } } }],
  ["database_full", new Error('could not extend file "base/1": No space left on device')],
  ["database_away", Object.assign(new Error("connect ENOENT /run/pg"), { code: "ENOENT" })],
  ["database_away", new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" })])],
  ["busy", new Error("timeout exceeded when trying to connect")],
  ["database_slow", { code: "P2028" }],
  ["database_locked", { cause: { originalCode: "40P01" } }],
  ["database_overloaded", { cause: { originalCode: "53300", kind: "TooManyConnections" } }],
  ["database_overloaded", { cause: { originalCode: "53200" } }],
  // Any other date out of range is the caller's mistake.
  [undefined, { cause: { originalCode: "22008", originalMessage: "date/time field value out of range" } }],
  [undefined, new TypeError("x is not a function")],
  [undefined, "a text"],
])("%s: %s", (reason, thrown) => {
  expect(unavailable(thrown)?.reason).toBe(reason);
});

describe("with a database that is not there", () => {
  const input = z.object({});
  const look = defineQuery({
    name: "look",
    needs: "public",
    input,
    run: ({ reader }) => reader.user.findFirst(),
  });
  const write = defineCommand({
    name: "write",
    needs: "public",
    input,
    run: async ({ tx }) => ({
      target: { kind: "settings", name: "x" },
      result: await tx.user.findFirst(),
    }),
  });

  test.each(["postgresql://nobody@127.0.0.1:1/x", "postgresql://nobody@localhost/x?host=/nowhere", "absent"])(
    "queries and commands say so: %s",
    async (url) => {
      const present = env().databaseUrl ?? "";
      const call = visitor();
      pointAt(url === "absent" ? Object.assign(new URL(present), { pathname: "/absent" }).href : url);
      await expect(runQuery(look, call, {})).rejects.toMatchObject(notNowFor("database_away"));
      await expect(runCommand(write, call, {})).rejects.toMatchObject(notNowFor("database_away"));
      await database().$disconnect();
      pointAt(present);
    },
  );
});

test("it leaves no row in the trail, and no more than one line a minute in the log", async () => {
  const call = await callAs(await person({ roles: ["user"] }));
  const before = await database().auditEvent.count();
  const busy = defineCommand({
    name: "be busy",
    needs: "public",
    input: z.object({}),
    run: () => Promise.reject(notNow("busy")),
  });
  await expect(runCommand(busy, call, {})).rejects.toMatchObject(notNowFor("busy"));
  expect(await database().auditEvent.count()).toBe(before);
  const warn = vi.spyOn(log(), "warn").mockReturnValue();
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  for (let times = 0; times < 5; times += 1) notNow("database_full");
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(warn.mock.calls.map(([facts]) => facts)).toEqual([
    { reason: "database_full", err: undefined },
    { reason: "database_full", times: 4 },
  ]);
  warn.mockRestore();
});
