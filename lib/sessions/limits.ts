/** `lastUsedAt` moves at most this often, in milliseconds, so that reading a page is rarely a write. */
export const touchEvery = 60_000;
