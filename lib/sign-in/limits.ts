/** One counter: so many turns in so many seconds, then blocked for so many seconds. */
export interface Limit {
  points: number;
  duration: number;
  blockDuration: number;
}

const quarter = 15 * 60;
const day = 24 * 60 * 60;

/**
 * Guesses are counted three ways: one address at one account, everybody at one account, one address at all accounts.
 * The first is tight, so that a stranger's guesses from elsewhere do not lock the owner out. A remembered browser has
 * a count of its own instead, which nobody else can use up.
 * Codes are counted by account alone, over all tickets: three codes of a million fit at any moment, so that the
 * 50 guesses of a day find one with a chance of 1 in 6,600.
 */
export const limits = {
  pair: { points: 5, duration: quarter, blockDuration: quarter },
  account: { points: 50, duration: quarter, blockDuration: quarter },
  address: { points: 100, duration: quarter, blockDuration: quarter },
  device: { points: 10, duration: quarter, blockDuration: quarter },
  code: { points: 10, duration: quarter, blockDuration: quarter },
  codeOfDay: { points: 50, duration: day, blockDuration: day },
  passkey: { points: 100, duration: quarter, blockDuration: quarter },
  signUp: { points: 20, duration: 60 * 60, blockDuration: 60 * 60 },
  /** Asking for a reset link: one address; and mails that one account gets. */
  askReset: { points: 20, duration: 60 * 60, blockDuration: 60 * 60 },
  resetMail: { points: 3, duration: 60 * 60, blockDuration: 60 * 60 },
  useReset: { points: 20, duration: quarter, blockDuration: quarter },
  /** Wrong present passwords of somebody who is signed in. */
  ownPassword: { points: 5, duration: quarter, blockDuration: quarter },
  /** Leaving for an identity provider, and coming back: a whole company may do so from one address. */
  provider: { points: 600, duration: quarter, blockDuration: quarter },
  /** Logout tokens that are none: whatever comes of them, a real one is always taken. */
  logoutToken: { points: 60, duration: quarter, blockDuration: quarter },
  setUp: { points: 20, duration: quarter, blockDuration: quarter },
} satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;
