import { randomInt } from "node:crypto";

/** Without letters and digits that look alike, because people copy it from a terminal by hand. */
const alphabets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"];
const all = alphabets.join("");

const group = 6;

/** A password that every policy accepts: groups of six, with a letter of each case, a digit and a hyphen. */
export function randomPassword(minimum: number): string {
  const groups = Math.max(4, Math.ceil((minimum + 1) / (group + 1)));
  for (;;) {
    const text = Array.from({ length: groups }, () => letters(group)).join("-");
    if (alphabets.every((alphabet) => [...text].some((letter) => alphabet.includes(letter)))) return text;
  }
}

const letters = (count: number): string =>
  Array.from({ length: count }, () => all[randomInt(all.length)]).join("");
