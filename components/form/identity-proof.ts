"use client";
import { createContext, useContext, useEffect, useRef } from "react";
import type { FormState } from "#lib/web/form-state.ts";

/** The reason of an answer that asks who is there before it goes on. */
export const proofRequired = "proof_required";

/** Asks who is there; calls back once they have proven it, and never when they give up. */
export type AskForProof = (onProven: () => void) => void;

export const IdentityProof = createContext<AskForProof | undefined>(undefined);

/**
 * When the answer to a form is that the person has to prove who they are, asks them to, and sends the very same
 * form again. Returns how a form tells what it sends.
 */
export function useSendAgain(state: FormState, send: (form: FormData) => void): (form: FormData) => void {
  const ask = useContext(IdentityProof);
  const sent = useRef<FormData>(undefined);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const form = sent.current;
    if (state.reason !== proofRequired || !form || !ask) return;
    ask(() => latest.current(form));
  }, [state, ask]);
  return (form) => {
    sent.current = form;
  };
}
