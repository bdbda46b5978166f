const start = Date.UTC(2026, 2, 2, 9);
let instant = start;

/** Later by a second at every call, so that the order of events is certain. */
export function nextInstant(): Date {
  instant += 1000;
  return new Date(instant);
}

/** Lets so much time go by before the next instant. */
export function passTime(seconds: number): void {
  instant += seconds * 1000;
}

/** As it is when a test file begins: a Monday morning. */
export function restartClock(): void {
  instant = start;
}
