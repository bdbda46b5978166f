import type { Security } from "#lib/settings/schema.ts";

/** The rules that a new password is held to; the screens get the same ones to judge while somebody types. */
export interface PasswordRules
  extends Pick<
    Security,
    "passwordMinimum" | "requireUppercase" | "requireLowercase" | "requireDigit" | "requireSymbol"
  > {
  /** What this console and the product that it manages are called. */
  product: readonly string[];
}

/** What others know of somebody. */
export interface Names {
  username: string;
  email: string;
  givenName: string;
  familyName: string;
}

/** Only there so that hashing has a bound; far above what NIST SP 800-63B-4 asks to allow. */
export const passwordMaximum = 256;

/** How many guesses a password takes (a power of ten), and why so few. `check` is the estimator's own. */
export interface Guesser {
  check(
    password: string,
    words: string[],
  ): { guessesLog10: number; feedback: { warning: string | null; suggestions: string[] } };
  /** Is it among the commonest passwords? */
  isCommon(password: string): boolean;
}

/** Options that keep the estimator at a few milliseconds: whoever is strong in 64 characters is strong. */
export const guesserLimits = { maxLength: 64, l33tMaxSubstitutions: 8 };

/** Refused below this: a hundred million guesses, which is what eight random characters take by the estimator's count. */
export const enoughGuesses = 8;

/** The same text typed on two keyboards must be the same password. */
export const normalisePassword = (password: string): string => password.normalize("NFKC");

/** What is wrong with a new password: the rules that it broke, and the same in words. */
export interface PasswordProblem {
  rules: string[];
  message: string;
}

/** What is wrong with a new password; nothing when it will do. */
export function passwordProblem(
  password: string,
  rules: PasswordRules,
  names: Partial<Names>,
  guesser: Guesser,
): PasswordProblem | undefined {
  const normal = normalisePassword(password);
  const broken = lengthProblem(normal, rules.passwordMinimum) ?? classProblem(normal, rules);
  if (broken) return broken;
  if (guesser.isCommon(key(normal)))
    return problem("common", "This is one of the most common passwords: choose another.");
  const words = [...wordsAbout(names), ...rules.product].map(key);
  const told = knownWord(normal, words);
  if (told) {
    return problem(
      "known_word",
      `This is little more than "${told}", which others know: add words that have nothing to do with you.`,
    );
  }
  // Also without what stands between its words: "golden golden" is no better than "goldengolden".
  for (const text of new Set([normal, normal.replaceAll(/[\s\p{P}]/gu, "") || normal])) {
    const { guessesLog10, feedback } = guesser.check(text, words);
    if (guessesLog10 < enoughGuesses) {
      const message = `This is too easy to guess: ${reasonOf(feedback)} Add words that are less common.`;
      return { rules: ["guessable", ...(feedback.warning ? [feedback.warning] : [])], message };
    }
  }
  return undefined;
}

const problem = (rule: string, message: string): PasswordProblem => ({ rules: [rule], message });

/** Characters are counted as Unicode code points after NFKC, the form that is hashed. */
function lengthProblem(normal: string, minimum: number): PasswordProblem | undefined {
  const length = [...normal].length;
  if (length < minimum)
    return problem(
      "too_small",
      `Use at least ${minimum} characters: a sentence of four or five words is easy to remember.`,
    );
  return length > passwordMaximum
    ? problem("too_big", `Use at most ${passwordMaximum} characters.`)
    : undefined;
}

function classProblem(normal: string, rules: PasswordRules): PasswordProblem | undefined {
  const classes: [boolean, RegExp, string][] = [
    [rules.requireUppercase, /\p{Lu}/u, "uppercase letter"],
    [rules.requireLowercase, /\p{Ll}/u, "lowercase letter"],
    [rules.requireDigit, /\p{Nd}/u, "digit"],
    [rules.requireSymbol, /[^\p{L}\p{N}\s]/u, "symbol"],
  ];
  const missing = classes.filter(([on, pattern]) => on && !pattern.test(normal)).map(([, , name]) => name);
  if (missing.length === 0) return undefined;
  return {
    rules: missing.map((name) => `no_${name.replace(" ", "_")}`),
    message: `Add at least one ${missing.join(", one ")}.`,
  };
}

/** Each name, the address, and the parts of both that are words of their own. */
function wordsAbout({
  username = "",
  email = "",
  givenName = "",
  familyName = "",
}: Partial<Names>): string[] {
  const [mailbox = "", host = ""] = email.split("@");
  const parts = [...username.split(/[._-]/), ...mailbox.split(/[._+-]/), ...host.split(".")];
  const whole = [username, email, mailbox, host, givenName, familyName, `${givenName}${familyName}`];
  return [...new Set([...whole, ...parts.filter((part) => part.length >= 4)])].filter(Boolean);
}

/** A word that others know, when such words make up all but a few characters of the password. */
function knownWord(normal: string, words: readonly string[]): string | undefined {
  const text = key(normal);
  const found = words.filter((word) => word.length >= 4 && text.includes(word));
  const [longest, ...others] = found.sort((one, other) => other.length - one.length);
  if (longest === undefined) return undefined;
  const rest = [longest, ...others].reduce((left, word) => left.replaceAll(word, ""), text);
  return rest.replaceAll(/[\s\p{P}]/gu, "").length < 8 ? longest : undefined;
}

const key = (text: string) => text.normalize("NFKC").trim().toLowerCase().normalize("NFKC");

/** The estimator names what it found; these are the words for it. */
const reasons: Record<string, string> = {
  straightRow: "it follows a row of keys.",
  keyPattern: "it follows a pattern on the keyboard.",
  simpleRepeat: "it repeats the same few characters.",
  extendedRepeat: "it repeats the same few characters.",
  sequences: "it counts up or down, like abc or 123.",
  recentYears: "it contains a recent year.",
  dates: "it contains a date.",
  topTen: "it is one of the most common passwords.",
  topHundred: "it is one of the most common passwords.",
  common: "it is a common password.",
  similarToCommon: "it is much like a common password.",
  wordByItself: "it is a single word.",
  namesByThemselves: "it is a name.",
  commonNames: "it is made of names.",
  userInputs: "it is made of what others know about you.",
};

const reasonOf = ({ warning }: { warning: string | null }) =>
  reasons[warning ?? ""] ?? "it is short and made of common parts.";
