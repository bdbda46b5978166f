"use client";
import { unstable_rethrow } from "next/navigation";
import { toast } from "#components/ui/toast.ts";
import type { FormAction, FormState } from "#lib/web/form-state.ts";

/**
 * An action that also has an answer when none came: the console or the way to it is down, or what failed there could
 * not say so itself. Without that React throws the form away, and what was typed in it. A good answer is said here, not
 * by the form: the page that comes with it may have put another in its place.
 */
export function answered(action: FormAction): FormAction {
  return async (previous, form) => {
    try {
      const answer = await action(previous, form);
      if (answer.status === "ok" && answer.message) toast(answer.message, "success", answer);
      return answer;
    } catch (error) {
      // A redirect is an answer.
      unstable_rethrow(error);
      return { ...noAnswer(error), ...(previous.values && { values: previous.values }) };
    }
  };
}

function noAnswer(error: unknown): FormState {
  const reference = error instanceof Error && "digest" in error ? ` (reference ${error.digest})` : "";
  return reference
    ? {
        status: "error",
        reason: "bug",
        message: `Something went wrong${reference}. Your entries are kept. Try again.`,
      }
    : {
        status: "error",
        reason: "no_answer",
        message: "The console did not answer. Your entries are kept. Try again in a few seconds.",
      };
}
