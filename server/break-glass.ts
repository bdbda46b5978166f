import { parseArgs } from "node:util";
import { openLocalSignIn, restoreAccess } from "#lib/break-glass/index.ts";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError, StartError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { breakGlassHelp, opened, restored } from "./break-glass-words.ts";
import { newClosing } from "./closing.ts";
import { databaseRefusal } from "./database-refusal.ts";
import { reachDatabase } from "./reach-database.ts";
import { complain, say } from "./say.ts";

const closing = newClosing();
const code = await main(process.argv.slice(2)).catch((error) => {
  const known = error instanceof StartError || error instanceof AppError ? error : databaseRefusal(error);
  complain(
    known
      ? known.message
      : `This failed because of an error of its own, reference ${logBug(error, "break-glass")}.`,
  );
  return 1;
});
await closing.run();
process.exit(code);

async function main(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === "help") {
    say(breakGlassHelp);
    return 0;
  }
  await reachDatabase(env(), closing);
  closing.add("mails", afterwardsDone);
  const call = systemCall("break-glass");
  // First, because it decides what a password is worth.
  const local = asked.localSignIn ? await runCommand(openLocalSignIn, call, {}) : undefined;
  if (local) say(opened(local));
  if (asked.account)
    for (const line of restored(await runCommand(restoreAccess, call, asked.account))) say(line);
  return local?.open === false ? 1 : 0;
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        roles: { type: "boolean" },
        password: { type: "boolean" },
        "local-sign-in": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) return "help";
    const [name, ...more] = positionals;
    const { roles = false, password = false, "local-sign-in": localSignIn = false } = values;
    if (more.length > 0 || (name === undefined && (!localSignIn || roles || password)))
      throw new Error("Name one account.");
    if (name === undefined) return { localSignIn };
    const both = !roles && !password;
    return { localSignIn, account: { name, roles: roles || both, password: password || both } };
  } catch (error) {
    throw new StartError("bad_arguments", `${(error as Error).message} Try: npm run break-glass -- --help`);
  }
}
