import { loadGuesser } from "#lib/passwords/load-guesser.ts";
import type { Guesser } from "#lib/passwords/schema.ts";

let guesser: Promise<Guesser> | undefined;

/** The same estimator as the server's, loaded when the first character of a new password is typed. */
export function passwordGuesser(): Promise<Guesser> {
  guesser ??= loadGuesser();
  return guesser;
}
