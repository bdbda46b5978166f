"use client";
import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTooltipTarget } from "./use-tooltip-target.ts";

const tooltipId = "tooltip";
const gap = 6;

/**
 * The one tooltip of the page, in the root layout. Any focusable element with `data-tooltip="text"` has it on hover and
 * focus: an attribute instead of a component around each of hundreds of row buttons, and the server can write it.
 */
export function Tooltips() {
  const bubble = useRef<HTMLDivElement>(null);
  const { target, keep, leave } = useTooltipTarget();
  const [place, setPlace] = useState<CSSProperties>({});

  useLayoutEffect(() => {
    const element = bubble.current;
    // What the pointer rested on, a row or a dialog, may have gone while the tooltip waited.
    if (!target || !element?.isConnected) return;
    element.showPopover();
    const box = element.getBoundingClientRect();
    const around = target.getBoundingClientRect();
    const above = around.top - box.height - gap;
    const left = around.left + around.width / 2 - box.width / 2;
    setPlace({
      top: above >= gap ? above : around.bottom + gap,
      left: Math.max(gap, Math.min(left, window.innerWidth - box.width - gap)),
    });
    // What already describes itself, or only shows its own name, is not said twice.
    const says = target.dataset.tooltip;
    if (target.hasAttribute("aria-describedby") || target.ariaLabel?.startsWith(says ?? "")) return;
    target.setAttribute("aria-describedby", tooltipId);
    return () => target.removeAttribute("aria-describedby");
  }, [target]);

  if (!target) return null;
  return createPortal(
    <div
      ref={bubble}
      id={tooltipId}
      role="tooltip"
      popover="manual"
      style={place}
      onPointerEnter={keep}
      onPointerLeave={leave}
      className="fixed inset-auto m-0 max-w-72 animate-appear overflow-visible rounded-md border border-transparent bg-ink px-2 py-1 text-xs text-surface"
    >
      {target.dataset.tooltip}
    </div>,
    target.closest("dialog, main, header") ?? document.body,
  );
}
