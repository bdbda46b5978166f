"use client";
import { Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { OrganizationRow } from "#lib/organizations/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line an organization; its name leads to its teams and members. */
export function OrganizationsTable(props: {
  rows: OrganizationRow[];
  readOnlyWhy: string | undefined;
  empty: ReactNode;
}) {
  const dialogHref = useDialogHref(dialogs);
  const actions: DataColumn<OrganizationRow> = actionsColumn(
    (row) => row.name,
    (row) => [
      {
        label: "Edit",
        icon: <Pencil aria-hidden />,
        href: dialogHref({ edit: row.id }),
        disabledReason: props.readOnlyWhy,
      },
      {
        label: "Delete",
        icon: <Trash2 aria-hidden />,
        href: dialogHref({ delete: row.id }),
        disabledReason: props.readOnlyWhy,
        danger: true,
      },
    ],
  );
  return (
    <DataTable
      label="Organizations"
      columns={[...columns, actions]}
      rows={props.rows}
      rowId={(row) => row.id}
      defaultSort="name"
      empty={props.empty}
    />
  );
}

const columns: DataColumn<OrganizationRow>[] = [
  {
    id: "name",
    header: "Organization",
    sort: "name",
    rowHeader: true,
    cell: (row) => (
      <span className="block min-w-0">
        <Link
          href={`/settings/organizations/${row.id}`}
          className="inline-block min-h-6 content-center font-medium break-words hover:underline"
        >
          {row.name}
        </Link>
        {row.description && (
          <span className="block max-w-prose text-xs font-normal text-mute">{row.description}</span>
        )}
      </span>
    ),
  },
  {
    id: "teams",
    header: "Teams",
    align: "end",
    cell: (row) => <span className="tabular-nums">{row.teams.toLocaleString("en")}</span>,
  },
  {
    id: "members",
    header: "Members",
    align: "end",
    cell: (row) => <span className="tabular-nums">{row.members.toLocaleString("en")}</span>,
  },
  {
    id: "created",
    header: "Created",
    sort: "created",
    descendingFirst: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
];
