"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { FormState } from "#lib/web/form-state.ts";

/** Field errors of the last answer, without those of fields that changed since. */
export function useFieldErrors(state: FormState) {
  const [cleared, setCleared] = useState<{ answer: FormState; names: readonly string[] }>();
  const gone = cleared?.answer === state ? cleared.names : [];
  return {
    errorsOf: (name: string): string[] => (gone.includes(name) ? [] : (state.fields?.[name] ?? [])),
    clear(name: string) {
      if (state.fields?.[name] && !gone.includes(name)) setCleared({ answer: state, names: [...gone, name] });
    },
  };
}

/** After a failed answer: to the first field with an error, else to the message. After a good one: go on. */
export function useFormAnswer(
  state: FormState,
  form: RefObject<HTMLFormElement | null>,
  after: {
    okHref?: string | undefined;
    onOk?: ((state: FormState) => void) | undefined;
    resetOnOk?: boolean | undefined;
  },
): void {
  const router = useRouter();
  const first = useRef(state);
  const latest = useRef(after);
  useEffect(() => {
    latest.current = after;
  });

  useEffect(() => {
    if (state.status === "error") {
      // Of an answer that the server rendered the words are there already, and somebody may type again.
      if (state === first.current && form.current?.contains(document.activeElement)) return;
      const bad =
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
        form.current?.querySelector<HTMLElement>("[data-form-message]");
      bad?.focus();
      return;
    }
    // An answer that the server rendered into the page already stands there.
    if (state.status !== "ok" || state === first.current) return;
    const { okHref, onOk, resetOnOk } = latest.current;
    if (resetOnOk) form.current?.reset();
    onOk?.(state);
    if (okHref) router.push(okHref, { scroll: false });
  }, [state, form, router]);
}
