/** Absolute life of a session, in milliseconds: then the person signs in again whatever they did. */
export const absoluteLimit = 7 * 24 * 60 * 60_000;

/** A session unused for this long, in milliseconds, opens nothing any more. */
export const idleLimit = 24 * 60 * 60_000;

/** `lastUsedAt` moves at most this often, in milliseconds, so that reading a page is rarely a write. */
export const touchEvery = 60_000;
