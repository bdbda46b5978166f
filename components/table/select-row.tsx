"use client";
import type { ChangeEvent, KeyboardEvent } from "react";
import { SelectBox } from "./select-box.tsx";
import type { SelectedRow, Selection } from "./use-selection.ts";

interface Props {
  selection: Selection;
  /** The rows of the page, in their order. */
  rows: readonly SelectedRow[];
}

/** Selects one row; with Shift all from the one that was marked last. The arrow keys go from box to box. */
export function SelectRow({ selection, rows, row }: Props & { row: SelectedRow }) {
  function change(event: ChangeEvent<HTMLInputElement>) {
    const on = event.currentTarget.checked;
    const from = rows.findIndex(({ id }) => id === selection.anchor.current);
    const to = rows.findIndex(({ id }) => id === row.id);
    // A box changes by a click, also by the one that the space bar makes.
    const range = (event.nativeEvent as MouseEvent).shiftKey && from >= 0;
    selection.mark(range ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [row], on);
    selection.anchor.current = row.id;
  }
  return (
    <SelectBox
      data-select-row
      label={`Select ${row.name}`}
      checked={selection.chosen.has(row.id)}
      onChange={change}
      onKeyDown={walk}
    />
  );
}

/** Selects the whole page, or lets it go. */
export function SelectPage({ selection, rows, visible }: Props & { visible?: boolean }) {
  const marked = rows.filter(({ id }) => selection.chosen.has(id)).length;
  const all = rows.length > 0 && marked === rows.length;
  return (
    <SelectBox
      label="Select all on this page"
      visible={visible}
      checked={all}
      partly={marked > 0 && !all}
      onChange={() => selection.mark(rows, !all)}
    />
  );
}

function walk(event: KeyboardEvent<HTMLInputElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const boxes = [
    ...(event.currentTarget.closest("table")?.querySelectorAll<HTMLElement>("[data-select-row]") ?? []),
  ];
  boxes[boxes.indexOf(event.currentTarget) + step]?.focus();
}
