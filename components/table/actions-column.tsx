"use client";
import type { DataColumn } from "./data-column.ts";
import { type RowAction, RowActions } from "./row-actions.tsx";

/** The last column of a table: what can be done to each row. */
export const actionsColumn = <Row,>(
  /** Names a row for assistive technology. */
  of: (row: Row) => string,
  actions: (row: Row) => readonly RowAction[],
): DataColumn<Row> => ({
  id: "actions",
  header: "Actions",
  hideHeader: true,
  align: "end",
  narrow: "bare",
  cell: (row) => <RowActions of={of(row)} actions={actions(row)} />,
});
