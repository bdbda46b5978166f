"use client";
import { LogOut, UserX } from "lucide-react";
import type { ReactNode } from "react";
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
import { Identity } from "#components/ui/identity.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { UserSessionRow } from "#lib/sessions/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line a session; what may not be done to one stays visible and says why. */
export function SessionsTable(props: { rows: UserSessionRow[]; state: "live" | "ended"; empty: ReactNode }) {
  const dialogHref = useDialogHref(dialogs);
  return (
    <DataTable
      label="Sessions"
      columns={
        props.state === "live" ? [...shared, expiresColumn, actions(dialogHref)] : [...shared, endedColumn]
      }
      rows={props.rows}
      rowId={(row) => row.id}
      defaultSort="-lastUsed"
      empty={props.empty}
    />
  );
}

const shared: DataColumn<UserSessionRow>[] = [
  {
    id: "user",
    header: "User",
    rowHeader: true,
    cell: ({ user }) => (
      <Identity
        id={user.id}
        name={user.name || user.username}
        detail={user.name ? user.username : undefined}
        you={user.you}
      />
    ),
  },
  { id: "device", header: "Device", cell: (row) => <DeviceCell row={row} /> },
  signInColumn,
  { ...createdColumn, sort: "created", descendingFirst: true },
  { ...lastUsedColumn, sort: "lastUsed", descendingFirst: true },
];

const endedColumn: DataColumn<UserSessionRow> = {
  id: "ended",
  header: "Ended",
  cell: ({ ended }) =>
    ended && (
      <span className="block">
        <RelativeTime at={ended.at} />
        <span className="block text-xs text-mute">
          {ended.why}
          {ended.by && `, by ${ended.by}`}
        </span>
      </span>
    ),
};

const actions = (
  dialogHref: ReturnType<typeof useDialogHref<(typeof dialogs)[number]>>,
): DataColumn<UserSessionRow> =>
  actionsColumn(
    (row) => `of ${row.user.username}, ${row.device}`,
    (row) => [
      {
        label: "End session",
        icon: <LogOut aria-hidden />,
        href: dialogHref({ end: row.id }),
        danger: true,
        disabledReason: row.endWhy,
      },
      {
        label: row.user.you ? "End all other sessions" : "End all sessions",
        icon: <UserX aria-hidden />,
        href: dialogHref({ "end-user": row.user.id }),
        danger: true,
        disabledReason: row.current ? undefined : row.endWhy,
      },
    ],
  );
