import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "#prisma";
import { env } from "./env.ts";
import { registry } from "./registry.ts";
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
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
}

/**
 * Serialises everything that changes who may do what, over all instances, until the transaction ends.
 * Take it before the first read: what an invariant counts must not move under it.
 */
export async function lockAccess(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318001)`;
}
