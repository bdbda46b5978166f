import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { loadActor } from "#lib/sessions/index.ts";
import { ranIdle, ranOut } from "#lib/sessions/session-end.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { nextInstant, person, signedIn, visitor } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { batch, historyDays, sweep } from "./sweep.ts";
import { sweepAll } from "./sweep-all.ts";

beforeAll(() => openInstallation());
beforeEach(async () => {
  await database().session.deleteMany();
  await database().oneTimeToken.deleteMany();
  await database().rateLimit.deleteMany();
  await database().knownBrowser.deleteMany();
});

const hour = 60 * 60_000;
const day = 24 * hour;
const later = (date: Date, milliseconds: number) => new Date(date.getTime() + milliseconds);
const nothing = {
  sessionsClosed: 0,
  sessionsDeleted: 0,
  tokensDeleted: 0,
  countersDeleted: 0,
  seenIdsDeleted: 0,
  browsersDeleted: 0,
  assignmentsDeleted: 0,
};

async function session() {
  const user = await person({ roles: ["user"] });
  const token = await signedIn(user);
  const row = await database().session.findFirstOrThrow({ where: { userId: user.id } });
  return { user, token, ...row };
}
const stored = (id: string) => database().session.findUnique({ where: { id } });

describe("sessions", () => {
  test("that ran out are closed as of the instant at which they did, to the millisecond", async () => {
    const { id, createdAt } = await session();
    expect(await sweep(later(createdAt, day - 1))).toEqual(nothing);
    expect(await sweep(later(createdAt, day))).toMatchObject({ sessionsClosed: 1 });
    const row = await stored(id);
    expect(row).toMatchObject({
      endedAt: later(createdAt, day),
      endedWhy: ranIdle,
      endedBy: null,
    });
  });

  test("that were used to the end are closed when their absolute time was over", async () => {
    const { id, createdAt } = await session();
    await database().session.updateMany({ data: { lastUsedAt: later(createdAt, 7 * day - hour) } });
    await sweep(later(createdAt, 8 * day));
    expect(await stored(id)).toMatchObject({
      endedAt: later(createdAt, 7 * day),
      endedWhy: ranOut,
    });
  });

  test("once closed do not come back when the limit is lengthened", async () => {
    const { token, createdAt } = await session();
    await sweep(later(createdAt, day));
    const row = { value: { idleMinutes: 43_200 }, updatedAt: createdAt };
    await database().setting.create({ data: { key: "security", ...row } });
    expect(await loadActor(token, later(createdAt, day))).toEqual({ kind: "anonymous" });
    await database().setting.deleteMany();
  });

  test(`are history for ${historyDays} days after their end, and then gone; live ones are never touched`, async () => {
    const { id, createdAt } = await session();
    const end = later(createdAt, hour);
    await database().session.updateMany({ data: { endedAt: end, endedWhy: "signed out" } });
    const gone = later(end, historyDays * day + 1);
    const live = await session();
    await database().session.update({
      where: { id: live.id },
      data: { createdAt: later(gone, -hour), lastUsedAt: gone, expiresAt: later(gone, hour) },
    });
    await database().knownBrowser.deleteMany();
    expect(await sweep(later(gone, -1))).toEqual(nothing);
    expect(await sweep(gone)).toEqual({ ...nothing, sessionsDeleted: 1 });
    expect(await stored(id)).toBeNull();
    expect(await stored(live.id)).toMatchObject({ endedAt: null });
  });
});

test("browsers that nobody signed in with for too long are known no more", async () => {
  const { createdAt, browserId } = await session();
  const { expiresAt } = await database().knownBrowser.findUniqueOrThrow({ where: { id: browserId ?? "" } });
  await database().session.deleteMany();
  expect(await sweep(later(expiresAt, -1))).toEqual(nothing);
  expect(await sweep(expiresAt)).toEqual({ ...nothing, browsersDeleted: 1 });
  expect(expiresAt).toEqual(later(createdAt, 90 * day));
});

test("one-time tokens go when they expire, and not before", async () => {
  const at = nextInstant();
  const data = { kind: "password_reset", createdAt: at, expiresAt: later(at, hour) };
  await database().oneTimeToken.create({ data: { id: newId(), tokenHash: Buffer.from("x"), ...data } });
  expect(await sweep(later(at, hour - 1))).toEqual(nothing);
  expect(await sweep(later(at, hour))).toEqual({ ...nothing, tokensDeleted: 1 });
});

test("what may be used once is remembered for as long as it could be used", async () => {
  const at = nextInstant();
  const data = { kind: "saml_assertion", id: "one", expiresAt: later(at, hour) };
  await database().seenId.createMany({ data: [data, { ...data, kind: "logout_token" }] });
  expect(await sweep(later(at, hour - 1))).toEqual(nothing);
  expect(await sweep(later(at, hour))).toEqual({ ...nothing, seenIdsDeleted: 2 });
});

test("counters that are still counting stay, so that a sweep never gives anybody new guesses", async () => {
  const user = await person({ roles: ["user"] });
  for (let guess = 0; guess < 5; guess++)
    await failure(runCommand(signIn, visitor(), { identifier: user.username, password: `guess ${guess}` }));
  // The limiter counts by the real clock.
  await sweep(new Date());
  const next = runCommand(signIn, visitor(), { identifier: user.username, password: "guess" });
  expect(await failure(next)).toMatchObject({ reason: "too_many_attempts" });
  const swept = await sweep(new Date(Date.now() + hour));
  expect(swept?.countersDeleted).toBeGreaterThan(0);
  expect(await database().rateLimit.count()).toBe(0);
});

test("a sweep is bounded: what is more waits for the next", async () => {
  const at = nextInstant();
  const rows = Array.from({ length: batch + 1 }, (_, index) => ({
    id: newId(),
    kind: "setup",
    tokenHash: Buffer.from(`token ${index}`),
    createdAt: at,
    expiresAt: at,
  }));
  await database().oneTimeToken.createMany({ data: rows });
  expect([await sweep(at), await sweep(at)]).toMatchObject([{ tokensDeleted: batch }, { tokensDeleted: 1 }]);
});

test("sweeping goes on until nothing is due, or until it is told to stop", async () => {
  const at = nextInstant();
  const fill = () =>
    database().$executeRaw`
      INSERT INTO rate_limits (key, points, expire)
      SELECT 'one of many ' || i, 1, ${at} FROM generate_series(1, ${2 * batch + 1}::int) i`;
  await fill();
  expect(await sweepAll(at)).toEqual({ ...nothing, countersDeleted: 2 * batch + 1 });
  await fill();
  expect(await sweepAll(at, AbortSignal.abort())).toEqual({ ...nothing, countersDeleted: batch });
  await database().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(7318002)::text`;
    expect(await onAnotherInstance(() => sweepAll(at))).toBeUndefined();
  });
});

test("two instances: while one sweeps the other leaves it alone, and waits for nothing", async () => {
  const { createdAt } = await session();
  const at = later(createdAt, day);
  await database().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(7318002)::text`;
    expect(await onAnotherInstance(() => sweep(at))).toBeUndefined();
  });
  const results = await Promise.all([sweep(at), sweep(at), sweep(at)]);
  const closed = results.flatMap((swept) => (swept ? [swept.sessionsClosed] : []));
  expect(closed.filter((count) => count > 0)).toEqual([1]);
});

test("a session that is used while the sweep looks at it stays open", async () => {
  const { id, createdAt } = await session();
  const at = later(createdAt, day);
  await overlap(
    (tx) => tx.session.update({ where: { id }, data: { lastUsedAt: later(at, -1) } }),
    () => sweep(at),
  );
  expect(await stored(id)).toMatchObject({ endedAt: null });
});

test("T09: assignments that ended long ago are deleted, those that ended lately or will end stay", async () => {
  const at = nextInstant();
  const ends = [later(at, -(historyDays + 1) * day), later(at, -day), later(at, day), null];
  const people = await Promise.all(ends.map(() => person({ roles: ["user"] })));
  for (const [index, endsAt] of ends.entries())
    await database().assignment.updateMany({ where: { userId: people[index]?.id ?? "" }, data: { endsAt } });
  expect(await sweep(at)).toMatchObject({ assignmentsDeleted: 1 });
  const ids = people.map(({ id }) => id);
  const left = await database().assignment.findMany({ where: { userId: { in: ids } } });
  expect(left.map(({ userId }) => userId).sort()).toEqual(ids.slice(1).sort());
});
