import type { Call } from "#lib/kernel/call.ts";
import { AppError, StartError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import type { AnyRow } from "./row.ts";
import { admission, keepingRules } from "./rules.ts";
import type { TrailRow } from "./state.ts";
import { type Caller, copyOf, type World } from "./world.ts";

/** What the model says: "done", or every reason that refuses. */
export function verdict(world: World, row: AnyRow, caller: Caller, input: Record<string, unknown>): string[] {
  const refused = admission(world, caller, row);
  if (refused !== undefined) return [refused];
  const next = copyOf(world);
  row.apply(next, caller, input);
  const reasons = [...row.refusals(world, caller, input), ...keepingRules(world, next)];
  return reasons.length === 0 ? ["done"] : [...new Set(reasons)];
}

interface Outcome {
  reason: string;
  words: string;
  result?: unknown;
  trail: TrailRow[];
}

export async function outcomeOf({ command, people }: AnyRow, call: Call, input: unknown): Promise<Outcome> {
  try {
    const result = await runCommand(command, call, input);
    // One row for the act, and one for everybody whom it acts on.
    const rows = 1 + (people?.(result as Record<string, unknown>) ?? 0);
    const trail = Array.from({ length: rows }, (): TrailRow => ["done", null, command.name]);
    return { reason: "done", words: "did it", result, trail };
  } catch (error) {
    if (error instanceof StartError) return { reason: "start_error", words: error.message, trail: [] };
    if (!(error instanceof AppError)) throw error;
    const { reason, code, message } = error;
    const words = `refused: ${reason} (${message})`;
    return { reason, words, trail: code === "invalid" ? [] : [["refused", reason, command.name]] };
  }
}
