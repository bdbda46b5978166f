"use client";
import type { DataColumn } from "./data-column.ts";
import { FilterSelect } from "./filter-select.tsx";
import { listParams } from "./list-url.ts";

/** The order of the cards on a narrow screen, where there are no headers to press. */
export function NarrowSort<Row>({ columns, sort }: { columns: readonly DataColumn<Row>[]; sort: string }) {
  const options = columns.flatMap(({ header, sort: by }) =>
    by
      ? [
          { value: by, label: `${header}, ascending` },
          { value: `-${by}`, label: `${header}, descending` },
        ]
      : [],
  );
  if (options.length === 0) return null;
  return (
    <div className="pb-3">
      <FilterSelect name={listParams.sort} label="Sort by" options={options} value={sort} />
    </div>
  );
}
