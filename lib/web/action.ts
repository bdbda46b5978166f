import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { AppError, isRefusal } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { type Command, requireAdmission, runCommand } from "#lib/kernel/operation.ts";
import { failedState } from "./failure.ts";
import { formReader } from "./form-reader.ts";
import type { FormAction, FormState } from "./form-state.ts";
import { formValues } from "./form-values.ts";
import { requestFacts, requireOwnOrigin } from "./request.ts";
import { enrolmentPath, signInPath } from "./return-path.ts";
import { currentCall } from "./session.ts";

/**
 * A command as the action of a form. `done` says what happened, for the toast.
 * `then` shows the page anew; a form that leads elsewhere, because what it is about is gone, does without.
 */
export function formAction<I extends z.ZodObject, R, P>(
  command: Command<I, R, P>,
  done: (result: R) => string,
  then: () => void = refresh,
): FormAction {
  return commandAction(command, (result) => {
    then();
    return { status: "ok", message: done(result) };
  });
}

/** A command as the action of a form that has its own way of answering: a redirect, something shown once. */
export function commandAction<I extends z.ZodObject, R, P>(
  command: Command<I, R, P>,
  respond: (result: R) => FormState,
): FormAction {
  return (_previous, form) =>
    answer(form, async () => ({
      done: command.name,
      ...respond(await runCommand(command, await currentCall("action"), formReader(command.input, form))),
    }));
}

/** An action of a form that only rearranges what was typed: for whoever may run the command that the form is for. */
export function typingAction(
  command: Parameters<typeof requireAdmission>[0],
  respond: (form: FormData) => FormState,
): FormAction {
  return (_previous, form) =>
    answer(form, async () => {
      await requireAdmission(command, await currentCall("action"));
      return respond(form);
    });
}

/** An action may be called with anything at all. */
export function requireForm(form: unknown): asserts form is FormData {
  if (!(form instanceof FormData))
    throw new AppError("invalid", "no_form", "This request is not one that the console's own forms send.");
}

/** Runs an action's body behind the origin check, and turns what it throws into what the form shows. */
export async function answer(form: FormData, body: () => Promise<FormState>): Promise<FormState> {
  const id = newId();
  try {
    await requireOwnOrigin();
    requireForm(form);
    return { ...(await body()), id };
  } catch (error) {
    if (!isRefusal(error)) return withEntries(failedState(error, await requestFacts()), form, id);
    if (error.reason === "sign_in_required") redirect(signInPath((await requestFacts()).path));
    // Somebody was faster: the page behind the form shows what is there now, and its next version to save over.
    if (error.reason === "edit_conflict") refresh();
    if (error.reason === "second_factor_required") redirect(enrolmentPath);
    const { message, reason, fields, rules, details } = error;
    return {
      status: "error",
      message,
      reason,
      fields,
      rules,
      details,
      id,
      ...(form instanceof FormData && { values: formValues(form) }),
    };
  }
}

const withEntries = (failed: FormState, form: FormData, id: string): FormState => ({
  ...failed,
  message: `${failed.message} Your entries are kept.`,
  values: formValues(form),
  id,
});
