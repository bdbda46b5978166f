import { afterAll } from "vitest";
import { registry } from "#lib/kernel/registry.ts";
import { restartSequences } from "./sequence.ts";

/*
 * Runs before each test file. Files of a project share processes and what these have loaded; so each begins as if it
 * were the first, and leaves the environment as it was. vitest itself takes spies back.
 */
Object.assign(registry(), { env: undefined, database: undefined, slots: new Map() });
restartSequences();

const before = { ...process.env };
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
