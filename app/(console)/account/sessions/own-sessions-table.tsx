"use client";
import { LogOut } from "lucide-react";
import {
  createdColumn,
  DeviceCell,
  expiresColumn,
  lastUsedColumn,
  signInColumn,
} from "#app/(console)/session-columns.tsx";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import type { SessionRow } from "#lib/sessions/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line a session of one's own. */
export function OwnSessionsTable({ rows }: { rows: SessionRow[] }) {
  const dialogHref = useDialogHref(dialogs);
  return (
    <DataTable
      label="Your sessions"
      columns={columnsOf((id) => dialogHref({ end: id }))}
      rows={rows}
      rowId={(row) => row.id}
    />
  );
}

const columnsOf = (endHref: (id: string) => string): DataColumn<SessionRow>[] => [
  { id: "device", header: "Device", rowHeader: true, cell: (row) => <DeviceCell row={row} /> },
  signInColumn,
  createdColumn,
  lastUsedColumn,
  expiresColumn,
  actionsColumn(
    (row) => `on ${row.device}`,
    (row) => [
      {
        label: "End session",
        icon: <LogOut aria-hidden />,
        href: endHref(row.id),
        danger: true,
        disabledReason: row.current
          ? "Cannot end the session that you are using: sign out instead."
          : undefined,
      },
    ],
  ),
];
