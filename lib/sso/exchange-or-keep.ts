import { blockingRoles } from "#lib/access/index.ts";
import {
  type Exchange,
  type Exchanger,
  isMetBy,
  isMove,
  keepingAdministrators,
  keepingRoles,
  presentNeeds,
  writeExchanges,
} from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { forgetPolicy } from "#lib/policy/index.ts";
import { afterMoves } from "#lib/users/index.ts";
import { Prisma } from "#prisma";

/** The rules that keep the installation manageable: what would break them is undone, and the rest goes on. */
const keepingRules = ["last_holder", "never_empty"];

interface Exchanging {
  call: Call;
  access: ActivePolicy;
  by: Exchanger;
}

/**
 * Exchanges the roles of users with the same result as one after another in this order, as a set wherever that is
 * certain: while the console stays manageable by somebody whom this does not touch. Where it does not, halves are
 * tried, down to the ones who keep what they have.
 * @returns for each who keeps their roles, by id: the rule that says so
 */
export async function exchangeOrKeep(
  tx: Tx,
  exchanging: Exchanging,
  exchanges: readonly Exchange[],
): Promise<ReadonlyMap<string, string>> {
  const { call, access } = exchanging;
  const weakening = exchanges.filter(weakens(access));
  if (weakening.length === 0 || (exchanges.length > 1 && (await isKeptByOthers(tx, call.at, weakening)))) {
    await write(tx, exchanging, exchanges);
    return new Map();
  }
  const [one, ...more] = exchanges;
  if (one && more.length === 0) return exchangeOne(tx, exchanging, one);
  const half = exchanges.length >> 1;
  const first = await exchangeOrKeep(tx, exchanging, exchanges.slice(0, half));
  return new Map([...first, ...(await exchangeOrKeep(tx, exchanging, exchanges.slice(half)))]);
}

/** Whether somebody may be one administrator less afterwards, by the roles alone. */
function weakens(access: ActivePolicy): (exchange: Exchange) => boolean {
  const keeping = new Set(keepingRoles(access));
  const blocking = new Set(blockingRoles(access.policy));
  return ({ added, removed }) =>
    removed.some(({ role }) => keeping.has(role.key)) || added.some((role) => blocking.has(role));
}

async function isKeptByOthers(tx: Tx, at: Date, exchanges: readonly Exchange[]): Promise<boolean> {
  const others = Prisma.sql`u.id <> ALL(${exchanges.map(({ userId }) => userId)}::uuid[])`;
  for (const need of await presentNeeds(tx, at)) if (!(await isMetBy(tx, need, at, others))) return false;
  return true;
}

async function write(tx: Tx, { call, by }: Exchanging, exchanges: readonly Exchange[]): Promise<void> {
  await writeExchanges(tx, exchanges, by);
  const moved = exchanges.filter(isMove).map(({ userId }) => userId);
  if (moved.length > 0) await afterMoves(tx, call, moved);
}

async function exchangeOne(tx: Tx, exchanging: Exchanging, one: Exchange) {
  await tx.$executeRaw`SAVEPOINT role_sync`;
  try {
    await keepingAdministrators(tx, exchanging.call.at, "demote", () => write(tx, exchanging, [one]));
    await tx.$executeRaw`RELEASE SAVEPOINT role_sync`;
    return new Map<string, string>();
  } catch (error) {
    if (!(error instanceof AppError) || !keepingRules.includes(error.reason)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT role_sync`;
    forgetPolicy(tx);
    return new Map([[one.userId, error.reason]]);
  }
}
