/* What follows one another within a test file, and begins again with the next (test/setup.ts). */
const start = Date.UTC(2026, 2, 2, 9);
let instant = start;
const numbers = new Map<string, number>();

/** Later by a second at every call, so that the order of events is certain. The first is on a Monday morning. */
export function nextInstant(): Date {
  instant += 1000;
  return new Date(instant);
}

/** Lets so much time go by before the next instant. */
export function passTime(seconds: number): void {
  instant += seconds * 1000;
}

/** 1, 2, 3 …, for each kind of thing. */
export function nextNumber(kind: string): number {
  const number = (numbers.get(kind) ?? 0) + 1;
  numbers.set(kind, number);
  return number;
}

export function restartSequences(): void {
  instant = start;
  numbers.clear();
}
