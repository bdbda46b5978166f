"use client";
import { Pencil, Trash2, UserPlus } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import { Link } from "#components/ui/link.tsx";
import type { TeamView } from "#lib/organizations/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line a team; its number of members leads to them. */
export function TeamsTable(props: { rows: TeamView[]; readOnlyWhy: string | undefined; empty: ReactNode }) {
  const pathname = usePathname();
  const dialogHref = useDialogHref(dialogs);
  const columns: DataColumn<TeamView>[] = [
    {
      id: "name",
      header: "Team",
      rowHeader: true,
      cell: (row) => (
        <span className="block min-w-0">
          <span className="font-medium break-words">{row.name}</span>
          {row.description && (
            <span className="block max-w-prose text-xs font-normal text-mute">{row.description}</span>
          )}
        </span>
      ),
    },
    {
      id: "members",
      header: "Members",
      align: "end",
      cell: (row) => (
        <Link
          href={`${pathname}?team=${row.id}`}
          scroll={false}
          aria-label={`${row.members} members of ${row.name}`}
          className="inline-block min-h-6 min-w-6 content-center text-right tabular-nums underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {row.members.toLocaleString("en")}
        </Link>
      ),
    },
    actionsColumn(
      (row) => row.name,
      (row) => [
        {
          label: "Add members",
          icon: <UserPlus aria-hidden />,
          href: dialogHref({ "add-members": row.id }),
          disabledReason: props.readOnlyWhy,
        },
        {
          label: "Edit",
          icon: <Pencil aria-hidden />,
          href: dialogHref({ "edit-team": row.id }),
          disabledReason: props.readOnlyWhy,
        },
        {
          label: "Delete",
          icon: <Trash2 aria-hidden />,
          href: dialogHref({ "delete-team": row.id }),
          disabledReason: props.readOnlyWhy ?? row.deleteWhy,
          danger: true,
        },
      ],
    ),
  ];
  return (
    <DataTable
      label="Teams"
      columns={columns}
      rows={props.rows}
      rowId={(row) => row.id}
      density="compact"
      empty={props.empty}
    />
  );
}
