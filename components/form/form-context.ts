"use client";
import { createContext, useContext } from "react";

/** What a form knows and its fields need. */
export interface FormKnowledge {
  pending: boolean;
  /** An answer has come, so `values` is what was sent. */
  answered: boolean;
  values: Record<string, string | string[]>;
  errorsOf(name: string): string[];
  /** Takes the server's words about a field away, because the field changed. */
  clear(name: string): void;
}

export const FormContext = createContext<FormKnowledge>({
  pending: false,
  answered: false,
  values: {},
  errorsOf: () => [],
  clear: () => {},
});

export function useFormKnowledge(): FormKnowledge {
  return useContext(FormContext);
}
