import { normaliseKey } from "#lib/kernel/normalise.ts";

/** NIST SP 800-63B-4: 15 characters where the password is the only factor; no composition rules; spaces welcome. */
export const passwordMinimum = 15;
/** Only there so that hashing has a bound; far above what the standard asks to allow. */
export const passwordMaximum = 256;

/** Characters are counted as Unicode code points after NFKC, the form that is hashed. */
export function passwordProblems(password: string, context: readonly string[]): string[] {
  const normal = normalisePassword(password);
  const length = [...normal].length;
  if (length < passwordMinimum) {
    return [
      `Use at least ${passwordMinimum} characters: a sentence of four or five words is easy to remember.`,
    ];
  }
  if (length > passwordMaximum) return [`Use at most ${passwordMaximum} characters.`];
  if (new Set(normal).size < 5) return ["This repeats the same few characters: use different words."];
  const key = normaliseKey(normal);
  const told = context
    .map(normaliseKey)
    .find((word) => word.length >= 4 && key.replaceAll(word, "").length < 8);
  if (told)
    return [
      `This is little more than "${told}", which others know: add words that have nothing to do with you.`,
    ];
  return [];
}

/** The same text typed on two keyboards must be the same password. */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}
