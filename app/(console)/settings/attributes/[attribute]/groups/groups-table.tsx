"use client";
import { ListChecks, Pencil, Trash2 } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { dialogHref } from "#app/(console)/settings/attributes/[attribute]/dialog-href.ts";
import { Chips, Labelled } from "#app/(console)/settings/attributes/[attribute]/list-cells.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowActions } from "#components/table/row-actions.tsx";
import type { GroupRow } from "#lib/managed-values/index.ts";

/** One line a group, with the roles that are limited to it. */
export function GroupsTable(props: { rows: GroupRow[]; label: string; empty: ReactNode }) {
  const pathname = usePathname();
  const params = useSearchParams();
  const columns: DataColumn<GroupRow>[] = [
    { id: "name", header: "Group", rowHeader: true, cell: (row) => <Labelled row={row} /> },
    {
      id: "key",
      header: "Key",
      cell: (row) => <code className="font-mono text-xs break-all">{row.key}</code>,
    },
    {
      id: "members",
      header: "Members",
      cell: (row) => <Chips words={row.members} total={row.memberCount} />,
    },
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
              label: "Members",
              icon: <ListChecks aria-hidden />,
              href: dialogHref(pathname, params, { members: row.key }),
            },
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
