/** A set of permissions: one bit each, 32 to a word. */
export type Bits = Uint32Array;

export const newBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export const hasBit = (bits: Bits, bit: number): boolean =>
  ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;

export function setBit(bits: Bits, bit: number): void {
  const word = bit >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (bit & 31));
}

export function addBits(into: Bits, from: Bits): void {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) | (from[word] ?? 0);
}

/** All of several sets; of one only, that set itself. */
export function union(sets: readonly Bits[], size: number): Bits {
  const [first] = sets;
  if (first && sets.length === 1) return first;
  const all = newBits(size);
  for (const set of sets) addBits(all, set);
  return all;
}
