import type pg from "pg";
import type { Kind } from "../population/filled-databases.ts";
import type { BetterAuth } from "./better-auth.ts";
import type { ConsoleClient } from "./console-client.ts";
import type { Setting } from "./measure.ts";

/** Everything that is up for one number of people. */
export interface Bench extends Setting {
  people: number;
  addresses: Record<Kind, { origin: string; database: string }>;
  /** To look with into what the servers answer from. */
  databases: Record<Kind, pg.Client>;
  /** An administrator, and their session with the console. */
  owner: { id: string; username: string; cookie: string };
  console: ConsoleClient;
  /** The console without a session. */
  stranger: ConsoleClient;
  betterAuth: BetterAuth;
}
