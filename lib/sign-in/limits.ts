/** One counter: so many turns in so many seconds, then blocked for so many seconds. */
export interface Limit {
  points: number;
  duration: number;
  blockDuration: number;
}

const quarter = 15 * 60;

/**
 * Guesses are counted three ways: one address at one account, everybody at one account, one address at all accounts.
 * The first is tight, so that a stranger's guesses from elsewhere do not lock the owner out.
 */
export const limits = {
  pair: { points: 5, duration: quarter, blockDuration: quarter },
  account: { points: 50, duration: quarter, blockDuration: quarter },
  address: { points: 100, duration: quarter, blockDuration: quarter },
  signUp: { points: 20, duration: 60 * 60, blockDuration: 60 * 60 },
  setUp: { points: 20, duration: quarter, blockDuration: quarter },
} satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;
