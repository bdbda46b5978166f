import type { Client } from "pg";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { keepBrowser } from "#lib/known-browsers/index.ts";
import type { Dice } from "./dice.ts";
import { hours } from "./hours.ts";
import { may } from "./rights.ts";
import { someUser } from "./row.ts";
import { isManageable, keepsMembers } from "./rules.ts";
import {
  change,
  copyOf,
  lastingOf,
  type ModelAssignment,
  type ModelUser,
  rolesHeld,
  type World,
} from "./world.ts";

export interface Stage {
  world: World;
  sql: Client;
  visitor: () => Call;
}

/** What happens without an operation: time, and what the console cannot write yet. */
interface Event {
  name: string;
  weight: number;
  happen(stage: Stage, dice: Dice): Promise<void>;
}

const minute = 60_000;
const hour = 60 * minute;

/** Seldom so long that every session runs out; at times so long that a proof of who one is does. */
const pass: Event = {
  name: "time passes",
  weight: 3,
  async happen({ world }, dice) {
    const short = dice.chance(0.6) ? dice.below(10) * minute : dice.below(3 * hour);
    world.at += dice.chance(0.08) ? 25 * hour : short;
  },
};

function someTimes({ world }: Stage, dice: Dice): Omit<ModelAssignment, "role"> {
  if (dice.chance(0.3)) return {};
  const start = dice.chance(0.4) ? world.at + (dice.below(24) - 6) * hour : undefined;
  return {
    start,
    end: dice.chance(0.4) ? (start ?? world.at) + (1 + dice.below(24)) * hour : undefined,
    window: dice.chance(0.3) ? dice.pick(hours) : undefined,
  };
}

/** An end, a start or hours for an assignment, or none again; only what leaves the installation manageable. */
const schedule: Event = {
  name: "assignment gets times",
  weight: 3,
  async happen(stage, dice) {
    const { world, sql } = stage;
    const user = someUser(dice, world);
    const held = dice.pick(lastingOf(user));
    const times = someTimes(stage, dice);
    if (user.assignments.filter(({ role }) => role === held?.role).length !== 1 || !held) return;
    const after = copyOf(world);
    const timed = { role: held.role, reason: held.reason, ...times };
    change(after, user.username, {
      assignments: user.assignments.map((one) => (one === held ? timed : one)),
    });
    if (!isManageable(after) || !keepsMembers(world, after)) return;
    const instant = (at: number | undefined) => (at === undefined ? null : new Date(at));
    await sql.query(
      `UPDATE assignments SET starts_at = $3, ends_at = $4, "window" = $5
       FROM roles r WHERE r.id = role_id AND user_id = $1 AND r.key = $2 AND (ends_at IS NULL OR ends_at > $6)`,
      [user.id, held.role, instant(timed.start), instant(timed.end), timed.window ?? null, instant(world.at)],
    );
    world.users = after.users;
  },
};

/** Who administers is a few people at times, and one for good: then the last of them matters. */
const scarce: Event = {
  name: "all administrators but one get an end",
  weight: 5,
  async happen({ world, sql }, dice) {
    const keeper = someUser(dice, world);
    const after = copyOf(world);
    const others = [...world.users.values()].filter(
      (user) => user.id !== keeper.id && (may(world, user, "manageUsers") || members(world, user)),
    );
    const end = world.at + (1 + dice.below(8)) * hour;
    const ended = ({ start, ...one }: ModelAssignment) => ({
      ...one,
      ...(start && start < end && { start }),
      end,
    });
    for (const user of others) change(after, user.username, { assignments: user.assignments.map(ended) });
    if (!isManageable(after) || !keepsMembers(world, after)) return;
    await sql.query(
      `UPDATE assignments SET ends_at = $2, starts_at = CASE WHEN starts_at < $2 THEN starts_at END WHERE user_id = ANY($1) AND (ends_at IS NULL OR ends_at > $3)`,
      [others.map(({ id }) => id), new Date(end), new Date(world.at)],
    );
    world.users = after.users;
  },
};

const members = ({ catalogue }: World, user: ModelUser): boolean =>
  rolesHeld(user).some((role) => catalogue.neverEmpty.includes(role));

const enrol: Event = {
  name: "second factor is enrolled",
  weight: 2,
  async happen({ world, sql }, dice) {
    const user = someUser(dice, world);
    if (user.factor) return;
    await sql.query(
      `INSERT INTO totps (user_id, secret, confirmed_at, created_at) VALUES ($1, '\\x00', now(), now())`,
      [user.id],
    );
    change(world, user.username, { factor: true });
  },
};

const remember: Event = {
  name: "device is remembered",
  weight: 2,
  async happen({ world, sql, visitor }, dice) {
    const user = someUser(dice, world);
    if (!user.active) return;
    await sql.query("DELETE FROM known_browsers WHERE user_id = $1", [user.id]);
    await database().$transaction((tx) => keepBrowser(tx, visitor(), user.id, { trust: true }));
    change(world, user.username, { devices: 1 });
  },
};

/** Keeps a long run short: what has ended, and counters of attempts, are not looked at any more. */
const sweep: Event = {
  name: "old rows are swept",
  weight: 1,
  async happen({ sql }) {
    await sql.query("DELETE FROM sessions WHERE ended_at IS NOT NULL");
    await sql.query("DELETE FROM rate_limits");
  },
};

export const events = [pass, schedule, scarce, enrol, remember, sweep];
