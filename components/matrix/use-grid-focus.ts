"use client";
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { cellAt, findCell } from "./grid-cell.ts";
import { clampPosition, move, type Position } from "./grid-navigation.ts";

export interface GridFocus {
  active: Position;
  /** Puts the focus there, after the next rendering. */
  goTo: (position: Position) => void;
  /** True when the key moved the focus. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  onFocus: (event: FocusEvent) => void;
}

/** One tab stop for the whole grid; keys move it (roving tabindex). */
export function useGridFocus(
  root: RefObject<HTMLElement | null>,
  size: { rows: number; columns: number },
  first: Position,
): GridFocus {
  const [position, setPosition] = useState(first);
  const wanted = useRef<Position>(undefined);
  // What is filtered away takes no tab stop with it.
  const active = clampPosition(position, size);

  useLayoutEffect(() => {
    if (!wanted.current) return;
    const target = findCell(root.current, clampPosition(wanted.current, size));
    wanted.current = undefined;
    target?.focus();
  });

  const goTo = useCallback((next: Position) => {
    wanted.current = next;
    setPosition({ ...next });
  }, []);

  function onKeyDown(event: KeyboardEvent): boolean {
    const from = cellAt(event.target);
    if (!from || event.altKey || event.shiftKey) return false;
    const to = move(from.position, event, { ...size, page: pageOf(root.current, from.element) });
    if (!to) return false;
    event.preventDefault();
    goTo(to);
    return true;
  }

  function onFocus(event: FocusEvent) {
    const cell = cellAt(event.target);
    if (cell) setPosition(cell.position);
  }

  return { active, goTo, onKeyDown, onFocus };
}

/** Rows that are seen at a time, less two, so that something known stays in sight. */
function pageOf(root: HTMLElement | null, cell: HTMLElement): number {
  const height = Math.min(root?.clientHeight ?? 0, window.innerHeight);
  return Math.max(1, Math.floor(height / Math.max(cell.clientHeight, 1)) - 2);
}
