import { AppError, StartError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { type Closing, newClosing } from "./closing.ts";
import { databaseRefusal } from "./database-refusal.ts";
import { complain } from "./say.ts";

/**
 * Runs a command on the server and ends the process with its exit code. Whatever it opened is closed in order; what
 * fails is said in one sentence.
 */
export async function runToEnd(
  name: string,
  main: (args: string[], closing: Closing) => Promise<number>,
): Promise<never> {
  const closing = newClosing();
  const code = await main(process.argv.slice(2), closing).catch((error: unknown) => {
    complain(
      sentenceOf(error) ?? `This failed because of an error of its own, reference ${logBug(error, name)}.`,
    );
    return 1;
  });
  await closing.run();
  process.exit(code);
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof AppError) return Object.values(error.fields)[0]?.[0] ?? error.message;
  return (error instanceof StartError ? error : databaseRefusal(error, "run this again"))?.message;
}
