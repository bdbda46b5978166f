// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens display: block takes the native ones away
"use client";
import { type RowData, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import type { DataColumn } from "./data-column.ts";
import { listParams } from "./list-url.ts";
import { NarrowSort } from "./narrow-sort.tsx";
import { SelectPage, SelectRow } from "./select-row.tsx";
import { SortLink } from "./sort-link.tsx";
import { useListUrl } from "./use-list-url.ts";
import type { Selection } from "./use-selection.ts";

const features = tableFeatures({ rowSortingFeature, columnMeta: {} as { column: DataColumn<never> } });

export interface DataTableProps<Row> {
  /** What the table lists; its accessible name. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Order while the URL names none: "name", or "-name" for descending. */
  defaultSort?: string;
  density?: "comfortable" | "compact";
  /** Rows that need a second look, such as people who may not sign in. */
  isMuted?: (row: Row) => boolean;
  /** Rows can be selected; each needs a name to be spoken of. */
  selecting?: { selection: Selection; nameOf: (row: Row) => string };
  /** Shown instead of rows: an EmptyState. */
  empty?: ReactNode;
}

/**
 * A table whose server sorts, filters and pages; the URL holds the state, headers are links.
 * On a narrow screen every row becomes a card, with the same roles for assistive technology.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const url = useListUrl();
  const sort = url.params.get(listParams.sort) ?? props.defaultSort ?? "";
  const columns = useMemo(
    () =>
      props.columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => row,
        cell: ({ row }: { row: { original: Row } }) => column.cell(row.original),
        enableSorting: column.sort !== undefined,
        meta: { column: column as DataColumn<never> },
      })),
    [props.columns],
  );
  const sorting = useMemo(() => {
    const by = props.columns.find((column) => column.sort === sort.replace(/^-/, ""));
    return by ? [{ id: by.id, desc: sort.startsWith("-") }] : [];
  }, [props.columns, sort]);
  const table = useTable<typeof features, Row>({
    features,
    columns,
    data: props.rows,
    getRowId: props.rowId,
    manualSorting: true,
    state: { sorting },
  });

  if (props.rows.length === 0 && props.empty)
    return <div className="border-y border-line">{props.empty}</div>;
  const selecting = props.selecting && {
    selection: props.selecting.selection,
    rows: props.rows.map((row) => ({ id: props.rowId(row), name: props.selecting?.nameOf(row) ?? "" })),
  };
  return (
    <div className="@container">
      <div className="flex flex-wrap items-center justify-between gap-x-4 @3xl:hidden">
        <NarrowSort columns={props.columns} sort={sort} />
        {selecting && (
          <div data-select className="pb-3">
            <SelectPage {...selecting} visible />
          </div>
        )}
      </div>
      <div className="data-table-frame">
        <table
          role="table"
          aria-label={props.label}
          data-density={props.density ?? "comfortable"}
          className="data-table"
        >
          <thead role="rowgroup">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} role="row">
                {selecting && (
                  <th role="columnheader" scope="col" data-select>
                    <SelectPage {...selecting} />
                  </th>
                )}
                {group.headers.map((header) => {
                  const column = header.column.columnDef.meta?.column;
                  const sorted = header.column.getIsSorted();
                  const sign = sorted ? (sorted === "asc" ? "-" : "") : column?.descendingFirst ? "-" : "";
                  return (
                    <th
                      key={header.id}
                      role="columnheader"
                      scope="col"
                      aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : undefined}
                      data-align={column?.align}
                      data-narrow={column?.narrow}
                      data-pinned={column?.hideHeader}
                      style={column?.width ? { width: column.width } : undefined}
                    >
                      {column?.sort ? (
                        <SortLink
                          label={column.header}
                          sorted={sorted}
                          href={url.href({ [listParams.sort]: sign + column.sort })}
                        />
                      ) : (
                        <span className={column?.hideHeader ? "sr-only" : undefined}>
                          <table.FlexRender header={header} />
                        </span>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody role="rowgroup">
            {table.getRowModel().rows.map((row, index) => (
              <tr
                key={row.id}
                role="row"
                data-muted={props.isMuted?.(row.original) || undefined}
                data-selected={selecting?.selection.chosen.has(row.id) || undefined}
              >
                {selecting?.rows[index] && (
                  <td role="cell" data-select>
                    <SelectRow {...selecting} row={selecting.rows[index]} />
                  </td>
                )}
                {row.getAllCells().map((cell) => {
                  const column = cell.column.columnDef.meta?.column;
                  const shared = {
                    "data-align": column?.align,
                    "data-narrow": column?.narrow,
                    "data-pinned": column?.hideHeader,
                  };
                  return column?.rowHeader ? (
                    <th key={cell.id} role="rowheader" scope="row" {...shared}>
                      <table.FlexRender cell={cell} />
                    </th>
                  ) : (
                    <td key={cell.id} role="cell" {...shared}>
                      {column?.narrow !== "bare" && (
                        <span aria-hidden className="data-table-label">
                          {column?.header}
                        </span>
                      )}
                      <table.FlexRender cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
