"use server";
import { explainExpression, unknownWords } from "#lib/role-expressions/index.ts";
import { setRoleExpression } from "#lib/users/index.ts";
import { formAction } from "#lib/web/action.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { queryAction } from "#lib/web/query-action.ts";

export const explainExpressionForm = queryAction(explainExpression);

const save = formAction(setRoleExpression, ({ username, unknown, sessionsEnded }) => {
  const ended = sessionsEnded > 0 ? `; ${sessionsEnded} of their sessions ended` : "";
  if (unknown.length === 0) return `Role expression of ${username} saved${ended}`;
  return `Saved, and ${username} has no rights now: unknown ${unknownWords(unknown)}${ended}`;
});

/** A refusal comes with the explanation: without scripts it is the first that one sees of it. */
export async function setRoleExpressionForm(previous: FormState, form: FormData): Promise<FormState> {
  const state = await save(previous, form);
  if (state.status !== "error") return state;
  const { details } = await explainExpressionForm(previous, form);
  return { ...state, details: { ...state.details, explained: details } };
}
