/** Whether two lists name the same, however often and in whatever order. */
export function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  const [ones, others] = [new Set(one), new Set(other)];
  return ones.size === others.size && [...ones].every((name) => others.has(name));
}
