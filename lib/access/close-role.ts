import { addBits, setBit } from "./bits.ts";
import type { CompiledLimit, CompiledRole, Policy } from "./compiled.ts";

type Implied = Policy["implied"];

function addOwn(
  into: CompiledRole,
  from: CompiledRole,
  implied: Implied,
  limits: Map<number, CompiledLimit[]>,
): void {
  if (from.superuser) addBits(into.full, from.superuser);
  if (from.blocking) into.blocks = true;
  for (const grant of from.grants) {
    for (const bit of [grant.bit, ...(implied.get(grant.bit) ?? [])]) {
      if (grant.limits.length === 0) {
        setBit(into.full, bit);
        continue;
      }
      setBit(into.partial, bit);
      const known = limits.get(bit);
      if (known) known.push(...grant.limits);
      else limits.set(bit, [...grant.limits]);
    }
  }
}

/**
 * Gathers in a role everything that it inherits without passing a role window, and the windowed roles at that border.
 * Reads own grants and bases only, so the order in which roles are closed does not matter.
 */
export function closeRole(role: CompiledRole, implied: Implied): void {
  const limits = new Map<number, CompiledLimit[]>();
  const gated: CompiledRole[] = [];
  const reached = new Set([role]);
  for (const from of reached) {
    if (from !== role && from.window !== undefined) {
      gated.push(from);
      continue;
    }
    addOwn(role, from, implied, limits);
    for (const base of from.bases) reached.add(base);
  }
  role.limits = limits;
  role.gated = gated;
}
