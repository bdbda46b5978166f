import { type Capability, capabilities } from "./catalogue.ts";
import { check } from "./check.ts";
import type { Policy } from "./compiled.ts";
import type { Subject } from "./model.ts";

/** Which permission stands for each of the console's own capabilities; an unbound one is held by nobody. */
export type CapabilityBindings = Readonly<Partial<Record<Capability, string>>>;

/**
 * Whether the subject may do one of the things that the console itself guards. A limited hold is not enough.
 * @param at epoch milliseconds
 * @returns false for an unbound capability or a binding to an unknown permission; never throws
 */
export function holds(
  policy: Policy,
  bindings: CapabilityBindings,
  subject: Subject,
  capability: Capability,
  at: number,
): boolean {
  const permission = Object.hasOwn(bindings, capability) ? bindings[capability] : undefined;
  return permission !== undefined && check(policy, subject, permission, at) === "allow";
}

/** All capabilities that the subject holds, in the order of the catalogue's table: what navigation shows. */
export const heldCapabilities = (
  policy: Policy,
  bindings: CapabilityBindings,
  subject: Subject,
  at: number,
): Capability[] => capabilities.filter((capability) => holds(policy, bindings, subject, capability, at));
