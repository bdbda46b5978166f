export interface Position {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows that PageUp and PageDown go. */
  page: number;
}

/**
 * Where a key leads in the grid (ARIA practices, data grid): arrows, Home and End in the row,
 * with Ctrl or Cmd in the whole grid, PageUp and PageDown. Nothing for a key that does not move.
 */
export function move(
  from: Position,
  pressed: { key: string; ctrlKey?: boolean; metaKey?: boolean },
  size: GridSize,
): Position | undefined {
  const to = target(from, pressed.key, pressed.ctrlKey || pressed.metaKey || false, size);
  return to && { row: clamp(to.row, size.rows), column: clamp(to.column, size.columns) };
}

function target(
  { row, column }: Position,
  key: string,
  whole: boolean,
  { rows, columns, page }: GridSize,
): Position | undefined {
  switch (key) {
    case "ArrowUp":
      return { row: whole ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: whole ? rows - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: whole ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: whole ? columns - 1 : column + 1 };
    case "Home":
      return { row: whole ? 0 : row, column: 0 };
    case "End":
      return { row: whole ? rows - 1 : row, column: columns - 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    default:
      return undefined;
  }
}

export function clampPosition(position: Position, size: Pick<GridSize, "rows" | "columns">): Position {
  return { row: clamp(position.row, size.rows), column: clamp(position.column, size.columns) };
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(index, count - 1));
}
