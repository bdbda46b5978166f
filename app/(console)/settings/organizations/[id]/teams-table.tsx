"use client";
import { Pencil, Trash2, UserPlus } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { RowActions } from "#components/table/row-actions.tsx";
import { Link } from "#components/ui/link.tsx";
import type { TeamView } from "#lib/organizations/index.ts";
import { dialogQuery } from "./dialog-query.ts";

/** One line a team; its number of members leads to them. */
export function TeamsTable(props: { rows: TeamView[]; readOnlyWhy: string | undefined; empty: ReactNode }) {
  const pathname = usePathname();
  const params = useSearchParams();
  const href = (name: string, value: string) => `${pathname}?${dialogQuery(params, { [name]: value })}`;
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
    {
      id: "actions",
      header: "Actions",
      hideHeader: true,
      align: "end",
      narrow: "bare",
      cell: (row) => (
        <RowActions
          of={row.name}
          actions={[
            {
              label: "Add members",
              icon: <UserPlus aria-hidden />,
              href: href("add-members", row.id),
              disabledReason: props.readOnlyWhy,
            },
            {
              label: "Edit",
              icon: <Pencil aria-hidden />,
              href: href("edit-team", row.id),
              disabledReason: props.readOnlyWhy,
            },
            {
              label: "Delete",
              icon: <Trash2 aria-hidden />,
              href: href("delete-team", row.id),
              disabledReason: props.readOnlyWhy ?? row.deleteWhy,
              danger: true,
            },
          ]}
        />
      ),
    },
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
