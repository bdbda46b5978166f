import type { PolicySource } from "./model.ts";

/**
 * Which permissions come with which, transitively and without itself.
 * Keys that name no permission are ignored; a cycle makes its members imply each other.
 */
export function closeImplications(
  permissions: PolicySource["permissions"],
  bitOf: ReadonlyMap<string, number>,
): Map<number, readonly number[]> {
  const direct = new Map<number, number[]>();
  for (const { key, implies } of permissions) {
    const bits = implies.map((other) => bitOf.get(other)).filter((bit) => bit !== undefined);
    if (bits.length > 0) direct.set(bitOf.get(key) as number, bits);
  }
  const closed = new Map<number, readonly number[]>();
  for (const [bit, first] of direct) {
    const found = new Set(first);
    for (const next of found) for (const further of direct.get(next) ?? []) found.add(further);
    found.delete(bit);
    closed.set(bit, [...found]);
  }
  return closed;
}
