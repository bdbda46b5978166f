"use client";
import { useEffect, useRef } from "react";
import { toast } from "#components/ui/toast.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { proofRequired } from "./identity-proof.ts";

/**
 * For a form without room for words: says what failed, and what the server rendered into the page. Good answers to a
 * script are said already where they arrive.
 */
export function useSayAnswer(state: FormState): void {
  const first = useRef(state);
  useEffect(() => {
    if (!state.message || state.reason === proofRequired) return;
    if (state.status === "error") toast(state.message, "danger", state);
    else if (state === first.current) toast(state.message, "success", state);
  }, [state]);
}
