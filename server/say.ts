/** What the person at the terminal reads; the log goes to standard error. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A start that cannot go on: one sentence, and no stack trace unless it is a bug. */
export function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
