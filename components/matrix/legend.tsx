import { memo } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import type { MatrixCell, MatrixRole } from "#lib/roles/matrix-data.ts";
import { CellMark } from "./cell-mark.tsx";
import { LimitedGlyph } from "./limited-glyph.tsx";

const kinds: { cell: MatrixCell; words: string }[] = [
  { cell: { by: "own" }, words: "Granted" },
  { cell: { by: "inherited" }, words: "Inherited" },
  { cell: { by: "implied" }, words: "Comes with another" },
  { cell: { by: "always" }, words: "Always (superuser)" },
];

/** What the marks mean, those that occur, and the keys. */
export const Legend = memo(function Legend(props: { roles: readonly MatrixRole[]; editing: boolean }) {
  const { roles, editing } = props;
  const cells = roles.flatMap((role) => Object.values(role.cells));
  const used = new Set(cells.map((cell) => cell.by));
  const limited = cells.some((cell) => cell.limits);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-1 text-xs text-soft">
      <ul aria-label="Marks" className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        {kinds
          .filter(({ cell }) => used.has(cell.by))
          .map(({ cell, words }) => (
            <li key={words} className="flex items-center gap-1.5">
              <CellMark cell={cell} />
              {words}
            </li>
          ))}
        {limited && (
          <li className="flex items-center gap-1.5">
            <LimitedGlyph className="size-3 text-accent" />
            Limited: not for all data
          </li>
        )}
        <li className="flex items-center gap-2">
          <CellMark cell={undefined} />
          Not granted
        </li>
      </ul>
      <p className="flex items-center gap-1.5 pointer-coarse:hidden max-sm:hidden">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        <Kbd>←</Kbd>
        <Kbd>→</Kbd> move
        <Kbd>Enter</Kbd> why
        {editing && (
          <>
            <Kbd>Space</Kbd> tick <Kbd>Esc</Kbd> leave
          </>
        )}
      </p>
    </div>
  );
});
