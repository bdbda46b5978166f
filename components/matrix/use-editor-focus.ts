"use client";
import { useEffect, useRef } from "react";
import type { MatrixRole } from "./matrix-data.ts";
import type { MatrixRow } from "./matrix-rows.ts";
import type { GridFocus } from "./use-grid-focus.ts";

/**
 * Opening the editor puts the focus on the first box of its column, leaving puts it back on the pencil.
 * Call what it answers before either; a page that opens in edit mode keeps its focus.
 */
export function useEditorFocus(
  editing: string | undefined,
  focus: GridFocus,
  shown: { roles: readonly MatrixRole[]; rows: readonly MatrixRow[] },
): () => void {
  const expected = useRef(false);
  const previous = useRef(editing);
  useEffect(() => {
    const before = previous.current;
    previous.current = editing;
    if (before === editing || !expected.current) return;
    expected.current = false;
    const column = shown.roles.findIndex((role) => role.key === (editing ?? before)) + 1;
    const first = shown.rows.findIndex((row) => row.kind === "permission") + 1;
    focus.goTo({ row: editing ? first : 0, column });
  });
  return () => {
    expected.current = true;
  };
}
