"use client";
import { ListChecks, Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { dialogs } from "#app/(console)/settings/attributes/[attribute]/dialogs.ts";
import { Chips, Labelled } from "#app/(console)/settings/attributes/[attribute]/list-cells.tsx";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import type { GroupRow } from "#lib/managed-values/index.ts";

/** One line a group, with the roles that are limited to it. */
export function GroupsTable(props: { rows: GroupRow[]; label: string; empty: ReactNode }) {
  const dialogHref = useDialogHref(dialogs);
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
    actionsColumn(
      (row) => row.label,
      (row) => [
        {
          label: "Members",
          icon: <ListChecks aria-hidden />,
          href: dialogHref({ members: row.key }),
        },
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
