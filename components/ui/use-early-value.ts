"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Hands over what somebody typed or chose before the page came alive: React keeps it in the control, but tells nobody.
 * The control needs `autoComplete="off"`, or a value that the browser put back by itself would count as well.
 */
export function useEarlyValue<Control extends HTMLInputElement | HTMLSelectElement>(
  ref: RefObject<Control | null>,
  take: (control: Control) => void,
): void {
  const first = useRef(take);
  useLayoutEffect(() => {
    const control = ref.current;
    if (control && isChanged(control)) first.current(control);
  }, [ref]);
}

/** Other than the server wrote it, which marks the option that is chosen. A list that scripts made has no such mark. */
function isChanged(control: HTMLInputElement | HTMLSelectElement): boolean {
  if (control instanceof HTMLInputElement) return control.value !== control.defaultValue;
  const written = [...control.options].findIndex((option) => option.defaultSelected);
  return written >= 0 && control.selectedIndex !== written;
}
