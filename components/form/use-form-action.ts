"use client";
import { startTransition, useActionState } from "react";
import { type FormAction, type FormState, idle } from "#lib/web/form-state.ts";
import { answered } from "./answered.ts";

export interface SentAction {
  /** The last answer. */
  state: FormState;
  pending: boolean;
  /** For the form itself, so that it is a real one before and without scripts. */
  post: (form: FormData) => void;
  /** With scripts: always has an answer, so that the form stays. */
  send: (form: FormData) => void;
}

/** A server action and its answers, whether a script or the browser sent the form. */
export function useFormAction(action: FormAction): SentAction {
  const [rendered, post] = useActionState(action, idle);
  const [state, sendNow, pending] = useActionState(answered(action), rendered);
  return { state, pending, post, send: (form) => startTransition(() => sendNow(form)) };
}
