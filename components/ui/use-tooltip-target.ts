"use client";
import { useEffect, useRef, useState } from "react";

const selector = "[data-tooltip]";
const openDelay = 400;
const closeDelay = 120;

function tooltipped(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

/** Which element's tooltip shows now: hovered for a moment, focused by keyboard, or disabled and touched. */
export function useTooltipTarget() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const shown = useRef<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (element: HTMLElement | null, delay = 0) => {
    clearTimeout(timer.current);
    if (delay === 0) {
      shown.current = element;
      setTarget(element);
    } else timer.current = setTimeout(show, delay, element);
  };
  const latest = useRef(show);

  useEffect(() => {
    const put = latest.current;

    function onPointerOver(event: PointerEvent) {
      const over = tooltipped(event);
      if (event.pointerType === "touch") return;
      if (over && over !== shown.current) put(over, shown.current ? 1 : openDelay);
      else if (over) clearTimeout(timer.current);
    }
    function onPointerOut(event: PointerEvent) {
      if (tooltipped(event) && event.pointerType !== "touch") put(null, closeDelay);
    }
    function onPointerDown(event: PointerEvent) {
      const pressed = tooltipped(event);
      // A finger cannot hover, and what is disabled must still say why.
      put(pressed?.ariaDisabled === "true" ? pressed : null);
    }
    function onFocusIn(event: FocusEvent) {
      const focused = tooltipped(event);
      if (focused?.matches(":focus-visible")) put(focused);
    }
    function onFocusOut(event: FocusEvent) {
      if (shown.current && tooltipped(event) === shown.current) put(null);
    }
    function onKeyDown(event: KeyboardEvent) {
      if (!shown.current || event.key !== "Escape") return;
      // Esc takes the tooltip away first, and only then closes a dialog.
      event.preventDefault();
      put(null);
    }
    function onScroll() {
      if (shown.current) put(null);
    }
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener("pointerover", onPointerOver, { signal });
    document.addEventListener("pointerout", onPointerOut, { signal });
    document.addEventListener("pointerdown", onPointerDown, { signal });
    document.addEventListener("focusin", onFocusIn, { signal });
    document.addEventListener("focusout", onFocusOut, { signal });
    window.addEventListener("keydown", onKeyDown, { signal, capture: true });
    window.addEventListener("scroll", onScroll, { signal, capture: true, passive: true });
    return () => {
      listening.abort();
      clearTimeout(timer.current);
    };
  }, []);

  return {
    target,
    /** The pointer moved onto the tooltip itself: it stays. */
    keep: () => clearTimeout(timer.current),
    leave: () => show(null, closeDelay),
  };
}
