import { memo } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { MatrixCell } from "#lib/roles/matrix-data.ts";
import { stateInWords } from "./cell-words.ts";
import { type Change, EditMark } from "./edit-mark.tsx";
import { cellFocus, editedColumn, gridCell } from "./grid-cell.ts";

const washes = { added: "bg-low-wash", removed: "bg-high-wash", none: editedColumn };

/** The same cell while its role is edited: a box to tick, or one that says why it is fixed. */
export const EditCell = memo(function EditCell(props: {
  row: number;
  column: number;
  active: boolean;
  name: string;
  hideWhenNarrow: boolean;
  cell: MatrixCell | undefined;
  change: Change;
  /** Why the box cannot be pressed. */
  fixed: string | undefined;
}) {
  const { cell, change, fixed } = props;
  // A press before the page's script runs would be lost.
  const dead = !useHydrated();
  const notes = [change && `${change}, not saved`, fixed, cell?.limits && stateInWords(cell)];
  return (
    <td
      aria-colindex={props.column + 1}
      className={classNames(
        "h-px border-x border-b border-line p-0",
        washes[change ?? "none"],
        props.hideWhenNarrow && "max-sm:hidden",
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a real checkbox cannot fill the cell nor carry the marks */}
      <button
        type="button"
        role="checkbox"
        aria-checked={Boolean(cell)}
        aria-disabled={fixed || dead ? true : undefined}
        {...gridCell(props.row, props.column, props.active)}
        aria-label={props.name}
        aria-description={notes.filter(Boolean).join(". ") || undefined}
        title={fixed}
        className={classNames(
          "flex size-full min-h-10 items-center justify-center",
          fixed && "cursor-not-allowed",
          cellFocus,
        )}
      >
        <EditMark cell={cell} change={change} fixed={Boolean(fixed)} />
      </button>
    </td>
  );
});
