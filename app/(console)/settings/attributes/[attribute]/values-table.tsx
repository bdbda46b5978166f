"use client";
import { Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import type { ValueRow } from "#lib/managed-values/index.ts";
import { dialogs } from "./dialogs.ts";
import { Chips, Labelled } from "./list-cells.tsx";

/** One line a value, with where it is used; what is used stays and says why. */
export function ValuesTable(props: { rows: ValueRow[]; label: string; empty: ReactNode }) {
  const dialogHref = useDialogHref(dialogs);
  const columns: DataColumn<ValueRow>[] = [
    { id: "name", header: props.label, rowHeader: true, cell: (row) => <Labelled row={row} /> },
    {
      id: "key",
      header: "Key",
      cell: (row) => <code className="font-mono text-xs break-all">{row.key}</code>,
    },
    { id: "groups", header: "Groups", cell: (row) => <Chips words={row.groups} /> },
    { id: "roles", header: "Named by roles", cell: (row) => <Chips words={row.roles} /> },
    actionsColumn(
      (row) => row.label,
      (row) => [
        {
          label: "Edit",
          icon: <Pencil aria-hidden />,
          href: dialogHref({ edit: row.key }),
        },
        {
          label: "Delete",
          icon: <Trash2 aria-hidden />,
          href: dialogHref({ delete: row.key }),
          disabledReason: row.deleteWhy,
          danger: true,
        },
      ],
    ),
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
