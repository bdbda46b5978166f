import type { ReactNode } from "react";

/** One column of a `DataTable`. */
export interface DataColumn<Row> {
  id: string;
  header: string;
  /** A column of buttons: its header is only for assistive technology, and it stays in sight when the table scrolls. */
  hideHeader?: boolean;
  cell: (row: Row) => ReactNode;
  /** The value of `sort` in the URL; without it the column cannot be sorted. */
  sort?: string;
  /** Newest or largest first is what people mean by sorting this one. */
  descendingFirst?: boolean;
  /** Names its row: a header cell, and the title of the card on narrow screens. Exactly one column. */
  rowHeader?: boolean;
  align?: "start" | "end";
  /** On narrow screens: a line of the card with its header (default), a line without, or nothing. */
  narrow?: "line" | "bare" | "hide";
  /** A CSS width for the column ("12rem", "1%" for as narrow as its content). */
  width?: string;
}
