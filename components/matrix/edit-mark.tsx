import { Check, CornerDownRight, Link2, Minus, Plus } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixCell } from "#lib/roles/matrix-data.ts";
import { LimitedGlyph } from "./limited-glyph.tsx";

export type Change = "added" | "removed" | undefined;

const icons = { own: Check, inherited: CornerDownRight, implied: Link2, always: Check };

/** The box of a cell in edit mode, with a plus or a minus beside it when it is changed. */
export function EditMark(props: { cell: MatrixCell | undefined; change: Change; fixed: boolean }) {
  const { cell, change, fixed } = props;
  const Icon = icons[cell?.by ?? "own"];
  return (
    <span aria-hidden className="relative grid place-items-center">
      {cell?.limits && <LimitedGlyph className="absolute right-full mr-2 size-3 text-accent" />}
      <span
        className={classNames(
          "grid size-5 place-items-center rounded border-[1.5px]",
          boxLook(Boolean(cell), fixed),
        )}
      >
        {cell && <Icon className="size-3.5" strokeWidth={3} />}
      </span>
      {change === "added" && <Plus className="absolute left-full ml-2 size-3.5 text-low" strokeWidth={3} />}
      {change === "removed" && (
        <Minus className="absolute left-full ml-2 size-3.5 text-high" strokeWidth={3} />
      )}
    </span>
  );
}

function boxLook(held: boolean, fixed: boolean): string {
  if (fixed) return "border-line-strong bg-sunken text-soft";
  return held ? "border-accent-solid bg-accent-solid text-on-solid" : "border-edge bg-surface";
}
