/** A shown row or column, or the room of those that are not rendered. */
export type Slot = { index: number } | { gap: number };

export interface Placed {
  index: number;
  start: number;
  end: number;
}

/** Fills the room between rendered items, which need not be neighbours, so that every one stays in its place. */
export function withGaps(items: readonly Placed[], total: number): Slot[] {
  const slots: Slot[] = [];
  let at = 0;
  for (const item of items) {
    if (item.start > at) slots.push({ gap: item.start - at });
    slots.push({ index: item.index });
    at = item.end;
  }
  if (total > at) slots.push({ gap: total - at });
  return slots;
}

export function allSlots(count: number): Slot[] {
  return Array.from({ length: count }, (_, index) => ({ index }));
}
