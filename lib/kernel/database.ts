import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "#prisma";
import type { Caller } from "./caller.ts";
import { env } from "./env.ts";
import { LimitedClient, patient, withLimits } from "./limited-client.ts";
import { registry } from "./registry.ts";
import { patience, turnsAt } from "./turns.ts";
import { unavailable } from "./unavailable.ts";

type ReadMethod =
  | "findUnique"
  | "findUniqueOrThrow"
  | "findFirst"
  | "findFirstOrThrow"
  | "findMany"
  | "count"
  | "aggregate"
  | "groupBy";
type Readable<T> = {
  [K in keyof T as T[K] extends { findMany: unknown } ? K : never]: Pick<T[K], ReadMethod & keyof T[K]>;
};

/** What a query gets: the reading half of the client. */
export type Reader = Readable<PrismaClient> & Pick<PrismaClient, "$queryRaw">;

/** What a command gets; only `operation.ts` opens one. */
export type Tx = Prisma.TransactionClient;

/** A piece of a statement, with its parameters. */
export const { sql } = Prisma;
export type Sql = Prisma.Sql;

/** The process's one client; its pool is shared by pages, actions and the listener. */
export function database(): PrismaClient {
  const slot = registry();
  slot.database ??= connect();
  return slot.database;
}

function connect(): PrismaClient {
  const { databaseUrl, databasePoolSize } = env();
  const adapter = new PrismaPg({
    Client: LimitedClient,
    connectionString: databaseUrl,
    max: databasePoolSize,
    connectionTimeoutMillis: 5_000,
    application_name: "bailiwick",
  });
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
  const answering = client.$extends({
    query: { $allOperations: ({ args, query }) => orNotNow(() => query(args)) },
  });
  // It answers what the plain client answers; only its type says less.
  return answering as unknown as PrismaClient;
}

/** Every statement passes through here, inside and outside of transactions. */
async function orNotNow<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error) ?? error;
  }
}

interface Options {
  /** Who writes: their transactions take turns with those of others. Without it the transaction only reads. */
  turnOf?: Caller;
  /** It will wait for the access lock, as many others may. */
  changesAccess?: boolean | undefined;
  /** Nobody waits for the answer: it may take minutes. */
  patient?: boolean | undefined;
  isolationLevel?: Prisma.TransactionIsolationLevel;
}

/**
 * Runs `work` in a transaction, which commits what it did or nothing.
 * Throws `unavailable` when its turn does not come, or when it cannot begin or commit.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>, options: Options = {}): Promise<T> {
  const { turnOf, changesAccess, patient: unhurried, isolationLevel } = options;
  const run = () =>
    begin(work, unhurried ? { isolationLevel, timeout: patient.statement } : { isolationLevel });
  const limited = unhurried ? () => withLimits(patient, run) : run;
  if (turnOf === undefined) return limited();
  const asWriter = () => turns.writers().run(turnOf, limited);
  return changesAccess ? turns.accessChanges().run(turnOf, asWriter) : asWriter();
}

async function begin<T>(
  work: (tx: Tx) => Promise<T>,
  options: { isolationLevel: Prisma.TransactionIsolationLevel | undefined; timeout?: number },
): Promise<T> {
  let inWork = false;
  try {
    return await database().$transaction(async (tx) => {
      inWork = true;
      const result = await work(tx);
      inWork = false;
      return result;
    }, options);
  } catch (error) {
    // What the work threw may be of another client: a mail server that refuses is no outage of the database.
    throw (inWork ? undefined : unavailable(error)) ?? error;
  }
}

/** Runs what only reads, outside of a transaction, when it is the turn of `caller`; throws `unavailable` as `transaction`. */
export const reading = <T>(caller: Caller, work: () => Promise<T>): Promise<T> =>
  turns.readers().run(caller, work);

/**
 * Neither writers nor readers ever have the whole pool, and of either one caller has half: the others, and sign-in, always
 * find a connection. Of the writers only a few wait for the access lock: two of a process are enough to keep it busy, one
 * that holds it and one that is next.
 */
const turns = {
  readers: () => turnsAt("readers", () => ({ ...withHalf(ownShares().readers), waiting: 300, patience })),
  writers: () => turnsAt("writers", () => ({ ...withHalf(ownShares().writers), waiting: 300, patience })),
  accessChanges: () =>
    turnsAt("access changes", () => ({ atOnce: ownShares().accessChanges, waiting: 200, patience })),
};

const ownShares = () => shares(env().databasePoolSize);

const withHalf = (atOnce: number) => ({ atOnce, each: Math.ceil(atOnce / 2) });

/** Of `connections`, how many may read and how many may write at once, and how many of the writers may change access. */
export function shares(connections: number): { readers: number; writers: number; accessChanges: number } {
  const most = (share: number) => Math.max(1, Math.min(connections - 1, Math.round(connections * share)));
  const writers = most(0.6);
  return { readers: most(0.8), writers, accessChanges: Math.max(1, Math.min(2, Math.floor(writers / 3))) };
}

/**
 * Serialises everything that changes who may do what, over all instances, until the transaction ends.
 * Take it before the first read: what an invariant counts must not move under it.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318001)`;
  withAccess.add(tx);
}

const withAccess = new WeakSet<Tx>();
export const holdsAccess = (tx: Tx): boolean => withAccess.has(tx);

/** Thrown where access is about to change without the lock: the command begins anew with it. */
export class AccessLockNeeded extends Error {
  override message = "this changes access, and its command does not say so: see `changesAccess`";
}

/** Call it before access is written, and as early as it is certain that it will be. */
export function needAccess(tx: Tx): void {
  if (!holdsAccess(tx)) throw new AccessLockNeeded();
}
