"use client";
import { useEffect, useRef, useState } from "react";
import { useFormAction } from "#components/form/use-form-action.ts";
import type { FormAction, FormState } from "#lib/web/form-state.ts";
import { type Conflict, conflictOf } from "./conflict.ts";

export interface SaveRole {
  /** For the form itself, so that it is a real one before scripts run. */
  action: (form: FormData) => void;
  send: (role: string, form: FormData) => void;
  /** Key of the role whose answer is awaited. */
  pending: string | undefined;
  /** The last answer and the role that it is about. */
  answer: { role: string | undefined; state: FormState };
}

/** Saves drafts. It outlives the editor of one role, so that an answer is never lost to somebody who went on. */
export function useSaveRole(action: FormAction): SaveRole {
  const { state, pending, post, send } = useFormAction(action);
  const [role, setRole] = useState<string>();
  return {
    action: post,
    send: (key, form) => {
      setRole(key);
      send(form);
    },
    pending: pending ? role : undefined,
    answer: { role, state },
  };
}

/** What went wrong with this role, other than a conflict, which its draft takes in. */
export function problemOf({ answer, pending }: SaveRole, role: string): string | undefined {
  const { state } = answer;
  if (pending || answer.role !== role || state.status !== "error" || conflictOf(state)) return undefined;
  return state.message ?? "It could not be saved.";
}

/** Acts once on each answer. */
export function useSaveAnswer(
  { answer: { role, state } }: SaveRole,
  after: {
    onSaved: (role: string) => void;
    onConflict: (role: string, conflict: Conflict) => void;
  },
): void {
  const latest = useRef({ role, after });
  useEffect(() => {
    latest.current = { role, after };
  });
  useEffect(() => {
    const { role, after } = latest.current;
    if (!role) return;
    const conflict = conflictOf(state);
    if (state.status === "ok") after.onSaved(role);
    else if (conflict) after.onConflict(role, conflict);
  }, [state]);
}
