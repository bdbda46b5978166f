"use client";
import { type RefObject, useEffect, useRef } from "react";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import { findCell } from "./grid-cell.ts";
import type { Position } from "./grid-navigation.ts";
import type { MatrixRow } from "./matrix-rows.ts";
import type { GridFocus } from "./use-grid-focus.ts";

interface Shown {
  roles: readonly MatrixRole[];
  rows: readonly MatrixRow[];
}

/** Where editing a role begins: the first box of its column. Without a role: the first row. */
export function firstCell({ roles, rows }: Shown, editing: string | null | undefined): Position {
  const column = roles.findIndex((role) => role.key === editing) + 1;
  if (column === 0) return { row: 1, column };
  return { row: rows.findIndex((row) => row.kind === "permission") + 1, column };
}

/**
 * Opening the editor puts the focus on the first box of its column, leaving puts it back on the pencil.
 * Call what it answers before either. A page that opens in edit mode keeps its focus and shows the column.
 */
export function useEditorFocus(
  root: RefObject<HTMLElement | null>,
  editing: string | undefined,
  focus: GridFocus,
  shown: Shown,
): () => void {
  const expected = useRef(false);
  const previous = useRef<string | undefined>(undefined);
  useEffect(() => {
    const before = previous.current;
    previous.current = editing;
    if (before === editing) return;
    const first = firstCell(shown, editing ?? before);
    if (expected.current) {
      expected.current = false;
      focus.goTo(editing ? first : { row: 0, column: first.column });
    } else if (editing) {
      findCell(root.current, first)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  return () => {
    expected.current = true;
  };
}
