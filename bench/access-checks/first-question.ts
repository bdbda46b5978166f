import { check, compile } from "../../lib/access/index.ts";
import type { World } from "./world.ts";

const at = Date.UTC(2026, 2, 2, 12);

/** Nanoseconds of a check that lays its subject out: the mean over everybody, by the wall clock. */
export function nanosecondsOfFirstQuestion({ source, subjects, queries }: World): number {
  const policy = compile(source);
  const fresh = structuredClone(subjects);
  const permission = queries[0]?.permission ?? "";
  const begun = performance.now();
  for (const subject of fresh) check(policy, subject, permission, at);
  return ((performance.now() - begun) * 1e6) / fresh.length;
}
