/**
 * Finds a cycle in a graph of keys.
 * @param next the keys that a key refers to
 * @returns the cycle with its first key repeated at the end, or undefined
 */
export function findCycle(
  keys: Iterable<string>,
  next: (key: string) => readonly string[],
): string[] | undefined {
  const done = new Set<string>();
  for (const start of keys) {
    const trail: { key: string; rest: string[] }[] = [{ key: start, rest: [...next(start)] }];
    const open = new Set([start]);
    while (trail.length > 0 && !done.has(start)) {
      const here = trail[trail.length - 1] as (typeof trail)[number];
      const key = here.rest.shift();
      if (key === undefined) {
        trail.pop();
        open.delete(here.key);
        done.add(here.key);
      } else if (open.has(key)) {
        const keysOnTrail = trail.map((step) => step.key);
        return [...keysOnTrail.slice(keysOnTrail.indexOf(key)), key];
      } else if (!done.has(key)) {
        trail.push({ key, rest: [...next(key)] });
        open.add(key);
      }
    }
  }
  return undefined;
}

/**
 * Whether a role may inherit these base roles: the cycle that this would close, for the message that refuses it.
 * @param roles the present roles and what each inherits
 */
export function inheritanceCycle(
  roles: readonly { key: string; inherits: readonly string[] }[],
  key: string,
  inherits: readonly string[],
): string[] | undefined {
  const bases = new Map(roles.map((role) => [role.key, role.inherits]));
  bases.set(key, inherits);
  return findCycle([key], (role) => bases.get(role) ?? []);
}
