import { memo } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixCell as Cell } from "#lib/roles/matrix-data.ts";
import { CellMark } from "./cell-mark.tsx";
import { stateInWords } from "./cell-words.ts";
import { cellFocus, gridCell } from "./grid-cell.ts";

/** What one role holds of one permission; pressing it explains why. */
export const MatrixCell = memo(function MatrixCell(props: {
  row: number;
  column: number;
  active: boolean;
  name: string;
  hideWhenNarrow: boolean;
  cell: Cell | undefined;
}) {
  return (
    <td
      aria-colindex={props.column + 1}
      className={classNames(
        "h-px border-b border-line p-0 group-hover/row:bg-hover",
        props.hideWhenNarrow && "max-sm:hidden",
      )}
    >
      <button
        type="button"
        {...gridCell(props.row, props.column, props.active)}
        aria-haspopup="dialog"
        aria-label={`${props.name}: ${stateInWords(props.cell)}`}
        className={classNames("flex size-full min-h-10 items-center justify-center", cellFocus)}
      >
        <CellMark cell={props.cell} />
      </button>
    </td>
  );
});
