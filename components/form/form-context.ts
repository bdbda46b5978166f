"use client";
import { createContext, useContext } from "react";
import { type FormState, idle } from "#lib/web/form-state.ts";

/** What a form knows and its fields need. */
export interface FormKnowledge {
  pending: boolean;
  /** An answer has come, so `values` is what was sent. */
  answered: boolean;
  /** The last answer. */
  answer: FormState;
  values: Record<string, string | string[]>;
  errorsOf(name: string): string[];
  /** Takes the server's words about a field away, because the field changed. */
  clear(name: string): void;
}

export const FormContext = createContext<FormKnowledge>({
  pending: false,
  answered: false,
  answer: idle,
  values: {},
  errorsOf: () => [],
  clear: () => {},
});

export function useFormKnowledge(): FormKnowledge {
  return useContext(FormContext);
}
