"use client";
import type { KeyboardEvent, MouseEvent, RefObject } from "react";
import type { MatrixData, MatrixRole } from "#lib/roles/matrix-data.ts";
import { cellAt } from "./grid-cell.ts";
import type { Position } from "./grid-navigation.ts";
import { MatrixBody } from "./matrix-body.tsx";
import { MatrixHead } from "./matrix-head.tsx";
import type { MatrixRow } from "./matrix-rows.ts";
import type { GridFocus } from "./use-grid-focus.ts";
import type { RoleEditor } from "./use-role-editor.ts";
import { useVirtualGrid } from "./use-virtual-grid.ts";

export interface MatrixTableProps {
  edit: MatrixData["edit"];
  roles: readonly MatrixRole[];
  rows: readonly MatrixRow[];
  /** The column that stays on a narrow screen. */
  single: MatrixRole | undefined;
  editor: RoleEditor | undefined;
  unsaved: readonly string[];
  scroller: RefObject<HTMLDivElement | null>;
  focus: GridFocus;
  onPress: (position: Position, element: HTMLElement, event: MouseEvent) => void;
  onExplain: (position: Position, element: HTMLElement) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

// What is around the grid on the page decides how high it may be; the page may say so.
const frame =
  "relative isolate rounded-lg border border-line bg-surface sm:overflow-auto sm:overscroll-x-contain sm:scroll-pt-36 sm:scroll-pl-(--matrix-first) [--matrix-first:13rem] lg:[--matrix-first:17rem]";
const heights = {
  view: "sm:max-h-[max(24rem,calc(100dvh-var(--matrix-around,13rem)))]",
  edit: "sm:max-h-[max(24rem,calc(100dvh-var(--matrix-around,13rem)-4.5rem))]",
};

/** The grid itself: a real table that listens once for all of its cells. */
export function MatrixTable(props: MatrixTableProps) {
  const { roles, rows, focus, scroller } = props;
  const grid = useVirtualGrid(scroller, { rows: rows.length, columns: roles.length }, focus.active);

  function onKeyDown(event: KeyboardEvent) {
    if (focus.onKeyDown(event)) return;
    props.onKeyDown(event);
    const cell = cellAt(event.target);
    // Enter explains, also where a press ticks; links and buttons of the header keep their own meaning.
    if (event.key !== "Enter" || !cell || cell.position.row === 0) return;
    if (rows[cell.position.row - 1]?.kind !== "permission") return;
    event.preventDefault();
    props.onExplain(cell.position, cell.element);
  }

  function onClick(event: MouseEvent) {
    const cell = cellAt(event.target);
    if (cell) props.onPress(cell.position, cell.element, event);
  }

  return (
    <div ref={scroller} className={`${frame} ${heights[props.editor ? "edit" : "view"]}`}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a data grid, whose cells take the focus
        role="grid"
        aria-label="Permissions by role"
        aria-rowcount={rows.length + 1}
        aria-colcount={roles.length + 1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={focus.onFocus}
        className="w-full table-fixed border-separate border-spacing-0 max-sm:min-w-0!"
        style={{ minWidth: `calc(var(--matrix-first) + ${roles.length * 6.75}rem)` }}
      >
        <colgroup>
          <col className="sm:w-(--matrix-first)" />
          {grid.columns.map((slot) =>
            "gap" in slot ? (
              <col key={`gap ${slot.gap}`} style={{ width: slot.gap }} />
            ) : (
              <col
                key={roles[slot.index]?.key}
                className={roles[slot.index] === props.single ? "w-27" : "w-27 max-sm:hidden"}
              />
            ),
          )}
        </colgroup>
        <MatrixHead {...props} active={focus.active} slots={grid.columns} />
        <MatrixBody {...props} active={focus.active} grid={grid} />
      </table>
    </div>
  );
}
