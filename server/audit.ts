import { parseArgs } from "node:util";
import { listMonths, listMonthsBefore } from "#lib/audit-log/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { auditHelp, deleted, monthLines, nothingBefore, ownerNeeded, planLines } from "./audit-words.ts";
import type { Closing } from "./closing.ts";
import { deleteAuditMonths } from "./delete-audit-months.ts";
import { reachDatabase } from "./reach-database.ts";
import { runToEnd } from "./run-to-end.ts";
import { say } from "./say.ts";

await runToEnd("audit", main);

async function main(args: string[], closing: Closing): Promise<number> {
  const asked = readArguments(args);
  if (asked === "help") {
    say(auditHelp);
    return 0;
  }
  await reachDatabase(env(), closing);
  const call = systemCall("audit");
  if (asked === "months") {
    for (const line of monthLines(await runQuery(listMonths, call, {}))) say(line);
    return 0;
  }
  const plan = await runQuery(listMonthsBefore, call, { before: asked.before });
  if (plan.parts.length === 0) say(nothingBefore(plan.before));
  else if (asked.yes && !plan.owned) throw new StartError("owner_needed", ownerNeeded);
  else if (asked.yes) say(deleted(await deleteAuditMonths(env().databaseUrl ?? "", plan.before)));
  else for (const line of planLines(plan)) say(line);
  return 0;
}

function readArguments(args: string[]): "help" | "months" | { before: string; yes: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { yes: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    const [what, before, ...more] = positionals;
    if (values.help) return "help";
    if (what === "months" && before === undefined) return "months";
    if (what === "delete-before" && before !== undefined && more.length === 0)
      return { before, yes: values.yes ?? false };
    throw new Error("Say months, or delete-before and a month.");
  } catch (error) {
    throw new StartError("bad_arguments", `${(error as Error).message} Try: npm run audit -- --help`);
  }
}
