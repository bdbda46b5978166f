import type { Position } from "./grid-navigation.ts";

/**
 * Marks the one focus target of a cell. The table listens for all of them,
 * so cells carry no handlers and stay the same between renders.
 */
export function gridCell(row: number, column: number, active: boolean) {
  return { "data-cell": `${row}:${column}`, tabIndex: active ? 0 : -1 } as const;
}

export function cellAt(target: EventTarget | null): { element: HTMLElement; position: Position } | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  const [row, column] = element?.dataset.cell?.split(":").map(Number) ?? [];
  if (!element || row === undefined || column === undefined) return undefined;
  return { element, position: { row, column } };
}

export function findCell(root: ParentNode | null, { row, column }: Position): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) ?? null;
}

/** The classes that every focus target shares: the ring lies inside, where no sticky header covers it. */
export const cellFocus = "-outline-offset-2! max-sm:scroll-mt-32 max-sm:scroll-mb-40";

/** The column that is being edited: a breath of the accent, opaque because its header floats over rows. */
export const editedColumn = "bg-[color-mix(in_oklab,var(--color-accent-wash)_60%,var(--color-surface))]";
