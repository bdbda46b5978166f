import { database } from "#lib/kernel/database.ts";
import { createTestDatabase } from "#test/database.ts";
import { pointAt } from "#test/installation.ts";
import { startConsole } from "#test/running-console.ts";
import { catalogue, type Population, populate } from "./population.ts";
import { type Wire, watchStatements } from "./watch-statements.ts";

export interface CountedConsole {
  address: string;
  population: Population;
  /** Between the console and its database. What this process asks does not go through it. */
  wire: Wire;
  stop(): Promise<void>;
}

/** The built console with people in it, and its statements in sight. */
export async function startCountedConsole(): Promise<CountedConsole> {
  const { url, drop } = await createTestDatabase();
  const wire = await watchStatements(url);
  const settings = {
    DATABASE_URL: wire.url,
    DATABASE_POOL_SIZE: "5",
    BAILIWICK_CATALOGUE: await catalogue(),
  };
  const console = await startConsole(settings);
  pointAt(url);
  const stop = async () => {
    await console.end("SIGTERM");
    await database().$disconnect();
    await wire.close();
    await drop();
  };
  const population = await populate().catch(async (error) => {
    await stop();
    throw error;
  });
  return { address: console.address, population, wire, stop };
}
