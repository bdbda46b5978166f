import type { z } from "zod";
import type { Call } from "#lib/kernel/call.ts";
import { type AppError, isRefusal } from "#lib/kernel/errors.ts";
import { type Command, requireAdmission, runCommand, runQuery } from "#lib/kernel/operation.ts";
import { outageOf } from "#lib/kernel/request-failure.ts";
import { nameSelected } from "#lib/users/index.ts";
import { failedState } from "./failure.ts";
import type { FormState } from "./form-state.ts";
import type { RequestFacts } from "./request.ts";
import type { RowOutcome, RowsState } from "./rows-state.ts";

type Page = Pick<RequestFacts, "path" | "requestId">;

/** Refusals of whoever asks, not of one row: every further row would meet the same. */
const ofTheActor = new Set(["missing_capability", "proof_required", "second_factor_required", "synced"]);

/**
 * Runs a command about one person for a few: each in a transaction of its own, with its own row in the trail, done or
 * refused by name. Whoever may do it to nobody is refused before anything sent is looked at.
 */
export async function runForUsers<I extends z.ZodObject, R, P>(
  command: Command<I, R, P>,
  call: Call,
  /** @param path of the page, for the log; `read` is called once whoever asks is admitted */
  { path, read }: { path: string; read: () => { ids: unknown; input: (id: string) => unknown } },
): Promise<RowsState> {
  const rows: RowOutcome[] = [];
  const page = { path, requestId: call.requestId };
  try {
    await requireAdmission(command, call);
    const { ids, input } = read();
    for (const person of await runQuery(nameSelected, call, { ids })) {
      const refusal = await refusalOf(() => runCommand(command, call, input(person.id)), page);
      rows.push({ ...person, ...refusal });
    }
    return { status: "ok", rows };
  } catch (error) {
    return { ...stopped(error, page), rows };
  }
}

/** One row's trouble stays its own: the rule's words, or the reference of a bug. An outage is every row's. */
async function refusalOf(
  run: () => Promise<unknown>,
  page: Page,
): Promise<{ why: string; reason: string } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (outageOf(error)) throw error;
    if (!isRefusal(error)) return { why: stopped(error, page).message ?? "", reason: "bug" };
    if (error.code === "unauthenticated" || ofTheActor.has(error.reason)) throw error;
    return { why: inWords(error), reason: error.reason };
  }
}

/** Why an action went no further, without leading elsewhere: what it did so far has to stay in sight. */
export function stopped(error: unknown, page: Page): FormState {
  if (!isRefusal(error)) return failedState(error, page);
  return { status: "error", reason: error.reason, message: inWords(error) };
}

const inWords = ({ fields, message }: AppError): string => Object.values(fields)[0]?.[0] ?? message;
