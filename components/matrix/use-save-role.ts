"use client";
import { startTransition, useActionState, useEffect, useRef } from "react";
import { type FormAction, type FormState, idle } from "#lib/web/form-state.ts";
import { conflictOf } from "./conflict.ts";
import type { RoleEditor } from "./use-role-editor.ts";

export interface SaveRole {
  /** For the form itself, so that it also works before scripts do. */
  action: (form: FormData) => void;
  send: (form: FormData) => void;
  pending: boolean;
  /** What went wrong, other than an edit conflict, which the draft takes in. */
  problem: string | undefined;
}

/** Saves the draft; each answer is acted on once. */
export function useSaveRole(
  action: FormAction,
  editor: RoleEditor,
  after: { onSaved: (answer: FormState) => void; onPending: (pending: boolean) => void },
): SaveRole {
  const [state, submit, pending] = useActionState(action, idle);
  const latest = useRef({ editor, after });
  useEffect(() => {
    latest.current = { editor, after };
  });
  useEffect(() => latest.current.after.onPending(pending), [pending]);
  useEffect(() => {
    if (state.status === "ok") latest.current.after.onSaved(state);
    const conflict = conflictOf(state);
    if (conflict) latest.current.editor.onConflict(conflict);
  }, [state]);

  return {
    action: submit,
    send: (form) => startTransition(() => submit(form)),
    pending,
    problem:
      state.status === "error" && !conflictOf(state)
        ? (state.message ?? "It could not be saved.")
        : undefined,
  };
}
