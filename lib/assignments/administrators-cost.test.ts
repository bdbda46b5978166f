import { afterAll, beforeAll, expect, test } from "vitest";
import { database, lockAccess, type Tx, transaction } from "#lib/kernel/database.ts";
import type { Command } from "#lib/kernel/operation.ts";
import { deleteUser, setUserRoles, updateUser } from "#lib/users/index.ts";
import { depth } from "#test/depth.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, type Person, person } from "#test/people.ts";
import { isManageable } from "./administrators.ts";

let close: () => Promise<void>;
let admin: Person;
let other: Person;
let ordinary: Person;
beforeAll(async () => {
  close = await openInstallation();
  // Who keeps the installation manageable comes last, after one who is away and one who cannot sign in.
  const away = await person({ roles: ["superadmin"], active: false });
  const remote = await person({ roles: ["superadmin"] });
  await database().user.update({ where: { id: remote.id }, data: { passwordHash: null } });
  await crowd(0, 1_000);
  admin = await person({ roles: ["superadmin"] });
  other = await person({ roles: ["superadmin"] });
  ordinary = await person({ roles: ["user"] });
  expect(away.id < admin.id).toBe(true);
});
afterAll(() => close());

/** People who hold what everybody holds. */
const crowd = (from: number, to: number) => transaction((tx) => insertCrowd(tx, from, to), { patient: true });

async function insertCrowd(tx: Tx, from: number, to: number) {
  await tx.$executeRaw`
    WITH people AS (
      INSERT INTO users (id, username, username_key, email, email_key, search_text, password_hash, created_at, updated_at)
      SELECT gen_random_uuid(), 'crowd' || n, 'crowd' || n, 'crowd' || n || '@x', 'crowd' || n || '@x', 'crowd' || n, 'x',
        now(), now() FROM generate_series(${from + 1}::int, ${to}::int) n
      RETURNING id)
    INSERT INTO assignments (id, user_id, role_id, source, created_at)
      SELECT gen_random_uuid(), people.id, r.id, 'local', now() FROM people, roles r WHERE r.key = 'user'`;
  await tx.$executeRaw`ANALYZE users, assignments`;
}

class Undone extends Error {}

/** How many pages of our tables and their indexes some work reads, in a transaction that is undone. */
async function pagesOf(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  // The fewest of three: after many rows have come, PostgreSQL tidies up while it reads.
  const counts: number[] = [];
  for (let times = 0; times < 3; times += 1) counts.push(await pagesOnce(work));
  return Math.min(...counts);
}

async function pagesOnce(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  let pages = 0;
  const read = async (tx: Tx) => {
    const [row] = await tx.$queryRaw<{ pages: number }[]>`
      SELECT sum(pg_stat_get_xact_blocks_fetched(oid))::int AS pages FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 't')`;
    return row?.pages ?? 0;
  };
  const undone = database().$transaction(
    async (tx) => {
      // What a worker reads is counted elsewhere.
      await tx.$executeRaw`SET LOCAL max_parallel_workers_per_gather = 0`;
      await lockAccess(tx);
      const before = await read(tx);
      await work(tx);
      pages = (await read(tx)) - before;
      throw new Undone();
    },
    { timeout: 60_000 },
  );
  await expect(undone).rejects.toThrow(Undone);
  return pages;
}

async function counted(): Promise<Record<string, number>> {
  const call = await callAs(admin);
  const context = { call, actor: call.actor, at: call.at.getTime() };
  const { version } = await database().user.findUniqueOrThrow({ where: { id: ordinary.id } });
  // biome-ignore lint/suspicious/noExplicitAny: commands of several inputs
  const of = (command: Command<any, any, any>, input: unknown) =>
    pagesOf((tx) => command.run({ ...context, tx }, command.input.parse(input), undefined));
  const identity = { id: ordinary.id, email: ordinary.email, version, active: true };
  const roles = { confirmed: ["superadmin"] };
  return {
    proof: await pagesOf((tx) => isManageable(tx, call.at)),
    "role taken": await of(updateUser, { ...identity, roles: ["readonly"], ...roles }),
    "administrator made": await of(setUserRoles, { id: ordinary.id, roles: ["superadmin"], ...roles }),
    "administrator unmade": await of(setUserRoles, { id: other.id, roles: ["user"], ...roles }),
    deactivated: await of(updateUser, { ...identity, roles: ["user"], ...roles, active: false }),
    deleted: await of(deleteUser, { id: ordinary.id }),
  };
}

/** Each look-up of a row by its key goes through one more level of a B-tree when the table is a few hundred times as big. */
const atMost = (pages: number) => pages * 1.1 + 20;

test("a change of access reads as much among 1,000 people as among many more", async () => {
  const few = await counted();
  const read = Object.values(few);
  expect(Math.min(...read)).toBeGreaterThan(0);
  const sizes = [40_000, depth("crowd")].filter((size, index, all) => all.indexOf(size) === index);
  let present = 1_000;
  for (const size of sizes) {
    await crowd(present, size);
    present = size;
    const many = await counted();
    for (const [what, pages] of Object.entries(many))
      expect(pages, what).toBeLessThanOrEqual(atMost(few[what] ?? 0));
  }
}, 600_000);
