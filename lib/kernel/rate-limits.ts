/** One counter: so many turns in so many seconds, from the first of them on. */
export interface Limit {
  points: number;
  seconds: number;
}

const minute = 60;
const quarter = 15 * minute;
const hour = 60 * minute;
const day = 24 * hour;

/** Every limit of the console. Decision 031 says of each who counts at it, and who can use it up. */
export const limits = {
  /** Wrong passwords: one address at one name, everybody at one name, one address at all names. */
  pair: { points: 5, seconds: quarter },
  name: { points: 50, seconds: quarter },
  address: { points: 100, seconds: quarter },
  /** Wrong passwords in a browser that the account knows from an earlier sign-in. */
  browser: { points: 10, seconds: quarter },
  /** Of a million codes three fit at any moment, so that the 50 guesses of a day find one with a chance of 1 in 6,600. */
  code: { points: 10, seconds: quarter },
  codeOfDay: { points: 50, seconds: day },
  /** Asking for a passkey and showing it. Nobody guesses a signature, and a whole company may do so from one address. */
  passkey: { points: 600, seconds: quarter },
  /** Another address for one's own account. */
  ownAddress: { points: 5, seconds: day },
  signUp: { points: 20, seconds: hour },
  /** Asking for a reset link: one address, or one browser that the account knows. */
  askReset: { points: 20, seconds: hour },
  /** Reset mails to one account: for all strangers together, and for each browser that it knows. */
  resetMail: { points: 3, seconds: hour },
  /** Links of mails that are none, from one address; and tries with one that is good. */
  useLink: { points: 20, seconds: quarter },
  /** Mails of one kind to one address, and mails that one person makes the console send. */
  mailTo: { points: 20, seconds: hour },
  /** To an address of which nobody proved that it is theirs. */
  mailStranger: { points: 3, seconds: hour },
  mailBy: { points: 100, seconds: hour },
  /** What people do to their own account, of one session. */
  ownActs: { points: 100, seconds: hour },
  /** What protects it, of one session and of nothing else. */
  ownProtection: { points: 100, seconds: day },
  /** Sign-ins that work, of one account: each leaves a session and a row of the trail. */
  signIns: { points: 60, seconds: hour },
  signInsOfDay: { points: 300, seconds: day },
  /** Wrong present passwords in one session. */
  ownPassword: { points: 5, seconds: quarter },
  /** Leaving for an identity provider, and coming back: a whole company may do so from one address. */
  provider: { points: 600, seconds: quarter },
  /** Logout tokens that are none: whatever comes of them, a real one is always taken. */
  logoutToken: { points: 60, seconds: quarter },
  setUp: { points: 20, seconds: quarter },
  /** Entra sends up to 25 requests a second; a client that runs wild leaves the rest of the console its database. */
  scimRequest: { points: 3000, seconds: minute },
  /** A token has 256 bits, so this is no guard against guessing: it keeps strangers from filling the trail. */
  scimStranger: { points: 20, seconds: quarter },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** How much more than one line a whole site may, which has up to 65,536 of them. */
export const widerTimes = 4;
