"use client";
import { type RefObject, useRef, useState } from "react";

/** A row's id and what it is called: enough to speak of it when its page is not shown any more. */
export interface SelectedRow {
  id: string;
  name: string;
}

export interface Selection {
  chosen: ReadonlyMap<string, SelectedRow>;
  /** Selects or deselects these rows and leaves the others as they are. */
  mark: (rows: readonly SelectedRow[], on: boolean) => void;
  replace: (rows: readonly SelectedRow[]) => void;
  /** Where a range begins: the row that was marked last. */
  anchor: RefObject<string | undefined>;
}

const byId = (rows: Iterable<SelectedRow>) => new Map([...rows].map((row) => [row.id, row]));

/** The selected rows of a list: they survive paging and sorting, and are let go when `filter` changes. */
export function useSelection(filter: string): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, SelectedRow>>(new Map());
  const [seen, setSeen] = useState(filter);
  const anchor = useRef<string>(undefined);
  if (seen !== filter) {
    setSeen(filter);
    setChosen(new Map());
  }
  return {
    chosen,
    anchor,
    replace: (rows) => setChosen(byId(rows)),
    mark(rows, on) {
      setChosen((before) => {
        const next = new Map(before);
        for (const row of rows) {
          if (on) next.set(row.id, row);
          else next.delete(row.id);
        }
        return next;
      });
    },
  };
}
