export const dayLength = 86_400_000;

const farthest = 8.64e15;

/** An instant that a clock could show: epoch milliseconds within the range of a Date. */
export const isInstant = (at: number): boolean => at >= -farthest && at <= farthest;

const iso8601 = /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * An attribute's instant: epoch milliseconds, or an ISO 8601 string.
 * A time without an offset would depend on the zone of this machine, so it is no instant; a date alone is its midnight in UTC.
 * Anything else is NaN, which no test passes.
 */
export function instantOf(value: unknown): number {
  if (typeof value === "number") return isInstant(value) ? value : Number.NaN;
  const match = typeof value === "string" ? iso8601.exec(value) : null;
  if (match === null) return Number.NaN;
  const day = Number(match[3]);
  const exists = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, day)).getUTCDate() === day;
  return exists ? Date.parse(match[0]) : Number.NaN;
}
