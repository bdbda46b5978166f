import type { z } from "zod";
import { type Query, runQuery } from "#lib/kernel/operation.ts";
import { answer } from "./action.ts";
import { formReader } from "./form-reader.ts";
import type { FormAction } from "./form-state.ts";
import { currentCall } from "./session.ts";

/** A query that a script of the page asks, not the page itself; what it found is in `details`. */
export function queryAction<I extends z.ZodObject, R extends Record<string, unknown>>(
  query: Query<I, R>,
): FormAction {
  return (_previous, form) =>
    answer(form, async () => ({
      status: "ok",
      details: await runQuery(query, await currentCall("action"), formReader(query.input, form)),
    }));
}
