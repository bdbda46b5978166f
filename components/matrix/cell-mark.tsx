import { Check, CornerDownRight, Link2, ShieldCheck } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import type { MatrixCell } from "#lib/roles/matrix-data.ts";
import { LimitedGlyph } from "./limited-glyph.tsx";

const marks = {
  own: { Icon: Check, look: "rounded-md bg-accent-wash text-accent" },
  inherited: { Icon: CornerDownRight, look: "rounded-full border border-dashed border-edge text-soft" },
  implied: { Icon: Link2, look: "rounded-md border border-line-strong text-soft" },
  always: { Icon: ShieldCheck, look: "rounded-full bg-sunken text-soft" },
};

/** The mark of a cell: each kind has a shape of its own, so that colour is never alone. */
export function CellMark({ cell }: { cell: MatrixCell | undefined }) {
  if (!cell) return <span aria-hidden className="size-1 rounded-full bg-line-strong" />;
  const { Icon, look } = marks[cell.by];
  if (!cell.limits) {
    return (
      <span aria-hidden className={classNames("grid size-6 place-items-center", look)}>
        <Icon className="size-4" strokeWidth={2.5} />
      </span>
    );
  }
  return (
    <span
      aria-hidden
      className={classNames(
        "flex h-6 items-center gap-1 rounded-full border px-1.5 text-2xs font-medium",
        cell.by === "own" ? "border-accent text-accent" : "border-dashed border-edge text-soft",
      )}
    >
      <LimitedGlyph className="size-2.5" />
      Limited
    </span>
  );
}
