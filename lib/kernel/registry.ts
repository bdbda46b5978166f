import type { PrismaClient } from "#prisma";
import type { Env } from "./env.ts";

/**
 * What must exist once per process.
 * Next bundles its own copy of every module, so a module variable would exist twice: one in the pages, one in the listener.
 * Fields are filled lazily by the module that owns them.
 */
export interface Registry {
  env?: Env;
  database?: PrismaClient;
  /** Slots of other modules, by module name: compiled policy, rate limiters. */
  slots: Map<string, unknown>;
}

const key = Symbol.for("bailiwick.registry");

export function registry(): Registry {
  const holder = globalThis as { [key]?: Registry };
  holder[key] ??= { slots: new Map() };
  return holder[key];
}
