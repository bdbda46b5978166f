"use client";
import { UserMinus, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Identity } from "#components/ui/identity.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { MemberRow } from "#lib/organizations/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line a member; what may not be done to somebody stays visible and says why. */
export function MembersTable(props: {
  rows: MemberRow[];
  /** The team whose members these are, when the list is narrowed to one. */
  team: { id: string; name: string } | undefined;
  readOnlyWhy: string | undefined;
  empty: ReactNode;
}) {
  const { team } = props;
  const dialogHref = useDialogHref(dialogs);
  const actions = actionsColumn<MemberRow>(
    (row) => row.username,
    (row) => {
      const why = props.readOnlyWhy ?? row.removeWhy;
      const leaveTeam = team && {
        label: "Remove from team",
        icon: <UserMinus aria-hidden />,
        href: dialogHref({ remove: row.id, from: team.id }),
        disabledReason: why,
      };
      const leave = {
        label: "Remove from organization",
        icon: <UserX aria-hidden />,
        href: dialogHref({ remove: row.id }),
        danger: true,
        disabledReason: why,
      };
      return leaveTeam ? [leaveTeam, leave] : [leave];
    },
  );
  return (
    <DataTable
      label="Members"
      columns={[...columns, actions]}
      rows={props.rows}
      rowId={(row) => row.id}
      defaultSort="username"
      isMuted={(row) => !row.active}
      empty={props.empty}
    />
  );
}

const columns: DataColumn<MemberRow>[] = [
  {
    id: "member",
    header: "Member",
    sort: "username",
    rowHeader: true,
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-2">
        <Identity
          id={row.id}
          name={row.name || row.username}
          detail={row.name ? row.username : undefined}
          you={row.you}
        />
        {!row.active && <Badge tone="high">Inactive</Badge>}
      </span>
    ),
  },
  {
    id: "teams",
    header: "Teams",
    cell: ({ teams }) =>
      teams.length === 0 ? (
        <span className="text-mute">None</span>
      ) : (
        <span className="flex flex-wrap gap-1">
          {teams.map(({ id, name }) => (
            <Badge key={id}>{name}</Badge>
          ))}
        </span>
      ),
  },
  {
    id: "joined",
    header: "Joined",
    sort: "joined",
    descendingFirst: true,
    cell: (row) => <RelativeTime at={row.joinedAt} />,
  },
];
