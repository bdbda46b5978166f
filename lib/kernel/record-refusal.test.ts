import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openInstallation } from "#test/installation.ts";
import { visitor } from "#test/people.ts";
import type { ClientActor } from "./actor.ts";
import type { Call } from "./call.ts";
import { database } from "./database.ts";
import { recordRefusal } from "./record-refusal.ts";
import { poolOf, rowsAnHour, sumsAnHour } from "./refusal-counters.ts";
import { registry } from "./registry.ts";
import { sumRefusals } from "./sum-refusals.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().refusalCounter.deleteMany());

const hour = 60 * 60_000;
let since = new Date(Date.UTC(2030, 0, 1));
/** An hour of its own for each story, far from that of the last. */
const nextHour = () => (since = new Date(since.getTime() + 5 * hour));

const client = (name: string): ClientActor => ({
  kind: "client",
  id: name,
  name,
  scopes: [],
  provider: "",
  reload: () => Promise.reject(new Error("never asked")),
});
const callOf = (at: Date, from: { actor?: string; address?: string }): Call => ({
  ...visitor(from.address),
  at,
  ...(from.actor && { actor: client(from.actor) }),
});
const refusal = (call: Call, action = "open door", target?: { id?: string; name: string }) => ({
  call,
  action,
  reason: "closed",
  target: target && { kind: "user" as const, ...target },
});

const written = async () => {
  const rows = await database().auditEvent.findMany({
    where: { outcome: "refused", at: { gte: since } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const isSum = ({ door }: { door: string }) => door === "system";
  return { detailed: rows.filter((row) => !isSum(row)), sums: rows.filter(isSum) };
};
const countOf = ({ after }: { after: unknown }) => (after as { refusals: number }).refusals;
const all = ({ detailed, sums }: Awaited<ReturnType<typeof written>>) =>
  detailed.length + sums.map(countOf).reduce((a, b) => a + b, 0);

/** What comes now is queued as in another process: one that knows nothing of what is under way in this one. */
const asAnotherProcess = () => registry().slots.delete("refusals");

test("B06: the first five of an hour leave rows, the others one row that says how many, when and from where", async () => {
  const at = nextHour();
  const ada = { id: "7", name: "ada" };
  for (let number = 0; number < 300; number++) {
    const call = callOf(new Date(at.getTime() + number * 1000), { address: `192.0.2.${number % 3}` });
    await recordRefusal(refusal(call, "sign in", ada));
  }
  const later = new Date(at.getTime() + hour);
  expect(await sumRefusals(new Date(later.getTime() - 1))).toBe(0);
  expect(await sumRefusals(later)).toBe(1);
  expect(await sumRefusals(later)).toBe(0);
  const { detailed, sums } = await written();
  expect(detailed).toHaveLength(15);
  expect(sums).toMatchObject([
    {
      action: "sign in",
      reason: "closed",
      actorKind: "anonymous",
      targetId: "7",
      targetName: "ada",
      at: later,
      after: {
        refusals: 285,
        from: new Date(at.getTime() + 15_000).toISOString(),
        to: new Date(at.getTime() + 299_000).toISOString(),
        addresses: 3,
      },
    },
  ]);
});

test("a name that is nobody's is kept in no sum, and one sum has all of them", async () => {
  const at = nextHour();
  for (let number = 0; number < 30; number++)
    await recordRefusal(refusal(callOf(at, {}), "sign in", { name: `secret ${number}` }));
  expect(await sumRefusals(new Date(at.getTime() + hour))).toBe(1);
  const { sums } = await written();
  expect(sums).toMatchObject([{ targetName: null, after: { refusals: 25 } }]);
  expect(JSON.stringify(sums)).not.toContain("secret");
});

test("however many addresses strangers have, and whatever they try, an hour has so many rows and no more", async () => {
  const at = nextHour();
  const tries = Array.from({ length: 3000 }, (_, number) =>
    refusal(callOf(at, { address: `2001:db8:${(number % 1500).toString(16)}::1` }), `act ${number % 70}`, {
      id: `account ${number}`,
      name: "somebody",
    }),
  );
  await Promise.all(tries.map(recordRefusal));
  expect(await database().refusalCounter.count()).toBeLessThanOrEqual(
    rowsAnHour.pool + sumsAnHour.anonymous + 1,
  );
  // Meanwhile somebody who is signed in is refused for the first time.
  await recordRefusal(refusal(callOf(at, { actor: "careful" })));
  await sumRefusals(new Date(at.getTime() + hour));
  const { detailed, sums } = await written();
  expect(detailed).toHaveLength(rowsAnHour.pool + 1);
  expect(sums).toHaveLength(sumsAnHour.anonymous + 1);
  expect(all({ detailed, sums })).toBe(3001);
});

test("nobody's refusals use up what is kept of another's", async () => {
  const at = nextHour();
  const flood = Array.from({ length: 500 }, (_, number) =>
    refusal(callOf(at, { actor: "wild" }), `act ${number % 100}`),
  );
  await Promise.all(flood.map(recordRefusal));
  await recordRefusal(refusal(callOf(at, { actor: "careful" })));
  const { detailed } = await written();
  expect(detailed.filter(({ actorId }) => actorId === "careful")).toHaveLength(1);
  expect(detailed.filter(({ actorId }) => actorId === "wild")).toHaveLength(rowsAnHour.pool);
});

test("B06: whatever is refused to whom, rows are bounded and every refusal is in one of them", async () => {
  const attempts = fc.array(
    fc.record({
      actor: fc.constantFrom(undefined, "one", "two"),
      address: fc.constantFrom("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "unknown"),
      action: fc.constantFrom("open door", "open window"),
      target: fc.constantFrom(undefined, "ada", "grace"),
      process: fc.constantFrom("same", "same", "same", "another"),
    }),
    { minLength: 1, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(attempts, async (tries) => {
      const at = nextHour();
      await Promise.all(
        tries.map(({ process, action, target, ...from }) => {
          if (process === "another") asAnotherProcess();
          return recordRefusal(
            refusal(callOf(at, from), action, target ? { id: target, name: target } : undefined),
          );
        }),
      );
      const before = await written();
      await sumRefusals(new Date(at.getTime() + hour));
      const after = await written();
      expect(after.detailed).toEqual(before.detailed);
      expect(all(after)).toBe(tries.length);
      const kinds = after.detailed.map(
        ({ actorId, address, action }) =>
          `${action} of ${actorId ?? (address?.startsWith("2001") ? "2001:db8::/64" : address)}`,
      );
      for (const kind of kinds)
        expect(kinds.filter((one) => one === kind).length).toBeLessThanOrEqual(rowsAnHour.operation);
    }),
    { numRuns: 20 },
  );
});

/** Which backends were told to stop; one that has not done so yet is told again. */
async function stopThoseThatWait(): Promise<number[]> {
  const rows = await database().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_locks
    WHERE locktype = 'advisory' AND objid = 7318003 AND NOT granted AND pg_cancel_backend(pid)
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return rows.map(({ pid }) => pid);
}

describe("when it is stopped in the middle", () => {
  test("what was acknowledged is counted once, and what was not never", async () => {
    const at = nextHour();
    const { settled } = await database().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318003)`;
      const tries = Array.from({ length: 200 }, (_, number) => {
        if (number % 50 === 0) asAnotherProcess();
        return recordRefusal(refusal(callOf(at, { actor: `actor ${number % 3}` })));
      });
      const settled = Promise.allSettled(tries);
      const stopped = new Set<number>();
      while (stopped.size < 3) for (const pid of await stopThoseThatWait()) stopped.add(pid);
      return { settled };
    });
    const results = await settled;
    const kept = results.filter(({ status }) => status === "fulfilled").length;
    expect(results).toHaveLength(200);
    expect(kept).toBeLessThanOrEqual(197);
    await sumRefusals(new Date(at.getTime() + hour));
    expect(all(await written())).toBe(kept);
  });

  test("a sum that could not be written is counted still", async () => {
    const at = nextHour();
    for (let number = 0; number < 8; number++) await recordRefusal(refusal(callOf(at, { actor: "late" })));
    await database().$executeRaw`
      CREATE TRIGGER no_room BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_events_append_only()`;
    await expect(sumRefusals(new Date(at.getTime() + hour))).rejects.toThrow(/append-only/);
    await database().$executeRaw`DROP TRIGGER no_room ON audit_events`;
    await Promise.all([1, 2].map(() => sumRefusals(new Date(at.getTime() + hour))));
    const { sums } = await written();
    expect(sums.map(countOf)).toEqual([3]);
  });
});

test("an address block and an actor are pools of their own kind", () => {
  const at = nextHour();
  expect(poolOf(callOf(at, {}))).toBe("anonymous");
  expect(poolOf(callOf(at, { actor: "anonymous" }))).not.toBe("anonymous");
});

test("a hundred at once take one connection and a few transactions", async () => {
  const at = nextHour();
  await recordRefusal(refusal(callOf(at, {})));
  const transactions = async () => {
    const [row] = await database().$queryRaw<{ count: number }[]>`
      SELECT count(DISTINCT xid::text)::int AS count FROM audit_events WHERE at >= ${since}`;
    return row?.count ?? 0;
  };
  const before = await transactions();
  const tries = Array.from({ length: 100 }, (_, number) => refusal(callOf(at, { actor: `actor ${number}` })));
  await Promise.all(tries.map(recordRefusal));
  expect((await transactions()) - before).toBeLessThanOrEqual(2);
});
