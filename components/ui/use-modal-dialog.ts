"use client";
import { useEffect, useLayoutEffect, useRef } from "react";

const fields =
  '[data-autofocus], input:not([type="hidden"], :disabled), select:not(:disabled), textarea:not(:disabled)';

/** Turns a <dialog> that the server wrote open into a modal one, with the focus where work goes on. */
export function useModalDialog(dialog: HTMLDialogElement | null, close: () => void): void {
  const latestClose = useRef(close);
  useEffect(() => {
    latestClose.current = close;
  });

  useLayoutEffect(() => {
    if (!dialog) return;
    const address = location.pathname + location.search;
    const opener = document.activeElement;
    // Somebody types in it already, before the scripts have arrived: the next letter belongs there too.
    const inUse = dialog.contains(opener) && opener instanceof HTMLElement ? opener : undefined;
    dialog.removeAttribute("open");
    dialog.showModal();
    const first =
      inUse ??
      dialog.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      dialog.querySelector<HTMLElement>(fields);
    first?.focus();

    function onCancel(event: Event) {
      event.preventDefault();
      latestClose.current();
    }
    // The browser closes by itself when Esc is pressed again and again: follow it.
    function onClosed() {
      if (!dialog?.open) latestClose.current();
    }
    // Esc closes the innermost thing: an open list first.
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape" && dialog?.querySelector('[aria-expanded="true"]:not([data-escape-closes])'))
        event.preventDefault();
    }
    dialog.addEventListener("cancel", onCancel);
    dialog.addEventListener("close", onClosed);
    window.addEventListener("keydown", onKeyDown, true);
    return () => {
      dialog.removeEventListener("cancel", onCancel);
      dialog.removeEventListener("close", onClosed);
      window.removeEventListener("keydown", onKeyDown, true);
      dialog.close();
      requestAnimationFrame(() => returnFocus(opener, address));
    };
  }, [dialog]);
}

/** To what opened it; if that is gone, to the link that would open it again; else to the page's heading. */
function returnFocus(opener: Element | null, address: string): void {
  const held = document.activeElement;
  if (held && held !== document.body && held.isConnected) return;
  const target =
    (opener?.isConnected && opener !== document.body ? opener : null) ??
    document.querySelector(`a[href="${CSS.escape(address)}"]`) ??
    document.querySelector("main h1");
  if (!(target instanceof HTMLElement)) return;
  if (target.matches("h1")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
