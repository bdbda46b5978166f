import { join } from "node:path";
import { projectFolder } from "#server/project-folder.ts";
import { startTestPostgres } from "#test/postgres.ts";

/** One PostgreSQL for the whole run; every console gets a database of its own in it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  // The workers inherit these, and the consoles inherit them from the workers.
  Object.assign(process.env, {
    TEST_DATABASE_URL: server.url,
    BAILIWICK_DATA: join(projectFolder, ".cache", "test-data"),
    // A console starts in two thirds of the time when its code has been compiled before.
    NODE_COMPILE_CACHE: join(projectFolder, ".cache", "compiled"),
    BAILIWICK_SECRET: "a secret for tests, long enough for anyone",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, "k").toString("base64"),
  });
  return server.stop;
}
