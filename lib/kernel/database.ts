import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "#prisma";
import { env } from "./env.ts";
import { registry } from "./registry.ts";
import { unavailable } from "./unavailable.ts";
import { UtcClient } from "./utc-client.ts";

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

/** The process's one client; its pool is shared by pages, actions and the listener. */
export function database(): PrismaClient {
  const slot = registry();
  slot.database ??= connect();
  return slot.database;
}

function connect(): PrismaClient {
  const { databaseUrl, databasePoolSize } = env();
  const adapter = new PrismaPg({
    Client: UtcClient,
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

/** Runs `work` in a transaction, which commits what it did or nothing. Throws `unavailable` when it cannot begin or commit. */
export async function transaction<T>(
  work: (tx: Tx) => Promise<T>,
  options: { isolationLevel?: Prisma.TransactionIsolationLevel } = {},
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

/**
 * Serialises everything that changes who may do what, over all instances, until the transaction ends.
 * Take it before the first read: what an invariant counts must not move under it.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318001)`;
}
