import { parseArgs } from "node:util";
import { openLocalSignIn, restoreAccess } from "#lib/break-glass/index.ts";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { breakGlassHelp, opened, restored } from "./break-glass-words.ts";
import type { Closing } from "./closing.ts";
import { reachDatabase } from "./reach-database.ts";
import { runToEnd } from "./run-to-end.ts";
import { say } from "./say.ts";

await runToEnd("break-glass", main);

async function main(args: string[], closing: Closing): Promise<number> {
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
  if (asked.account) {
    const done = await runCommand(restoreAccess, call, asked.account);
    for (const line of restored({ ...done, console: env().publicUrl })) say(line);
  }
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
