import type { Tx } from "#lib/kernel/database.ts";

/**
 * Whoever follows a provider's word without the access lock holds the providers as they are, together with any number of
 * others; whoever changes one waits for them. Take it before any row, or the two could wait for each other.
 */
export async function holdProviders(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(7318005)`;
}

/** The other side: takes turns with whoever changes providers, and lets nobody follow them meanwhile. */
export async function lockProviders(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7318005)`;
}
