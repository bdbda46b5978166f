"use client";
import { Pencil, Trash2 } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowActions } from "#components/table/row-actions.tsx";
import type { ValueRow } from "#lib/managed-values/index.ts";
import { dialogHref } from "./dialog-href.ts";
import { Chips, Labelled } from "./list-cells.tsx";

/** One line a value, with where it is used; what is used stays and says why. */
export function ValuesTable(props: { rows: ValueRow[]; label: string; empty: ReactNode }) {
  const pathname = usePathname();
  const params = useSearchParams();
  const columns: DataColumn<ValueRow>[] = [
    { id: "name", header: props.label, rowHeader: true, cell: (row) => <Labelled row={row} /> },
    {
      id: "key",
      header: "Key",
      cell: (row) => <code className="font-mono text-xs break-all">{row.key}</code>,
    },
    { id: "groups", header: "Groups", cell: (row) => <Chips words={row.groups} /> },
    { id: "roles", header: "Named by roles", cell: (row) => <Chips words={row.roles} /> },
    {
      id: "actions",
      header: "Actions",
      hideHeader: true,
      align: "end",
      narrow: "bare",
      cell: (row) => (
        <RowActions
          of={row.label}
          actions={[
            {
              label: "Edit",
              icon: <Pencil aria-hidden />,
              href: dialogHref(pathname, params, { edit: row.key }),
            },
            {
              label: "Delete",
              icon: <Trash2 aria-hidden />,
              href: dialogHref(pathname, params, { delete: row.key }),
              disabledReason: row.deleteWhy,
              danger: true,
            },
          ]}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={props.label}
      columns={columns}
      rows={props.rows}
      rowId={(row) => row.key}
      empty={props.empty}
    />
  );
}
