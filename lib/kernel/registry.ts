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
  /** What other modules keep, by name: compiled policy, queues, what was seen. */
  slots: Map<string, unknown>;
}

const key = Symbol.for("bailiwick.registry");

export function registry(): Registry {
  const holder = globalThis as { [key]?: Registry };
  holder[key] ??= { slots: new Map() };
  return holder[key];
}

/** The one thing of this name in the process, made when it is first asked for. */
export function once<T>(name: string, make: () => T): T {
  const { slots } = registry();
  if (!slots.has(name)) slots.set(name, make());
  return slots.get(name) as T;
}
