"use client";
import { IdCardLanyard, KeyRound, Pencil, Trash2, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { HeldChip } from "#components/access/held-chip.tsx";
import { actionsColumn } from "#components/table/actions-column.tsx";
import type { DataColumn } from "#components/table/data-column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { useDialogHref } from "#components/table/use-dialog-href.ts";
import type { Selection } from "#components/table/use-selection.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusWord } from "#components/ui/status-word.tsx";
import type { UserRow } from "#lib/users/index.ts";
import { dialogs } from "./dialogs.ts";

/** One line a person; what may not be done to somebody stays visible and says why. */
export function UsersTable({
  rows,
  selection,
  readOnly,
  empty,
}: {
  rows: UserRow[];
  /** Absent where nothing can be done to a selection. */
  selection: Selection | undefined;
  /** An identity provider gives the roles: what is held can be looked at. */
  readOnly: boolean;
  empty: ReactNode;
}) {
  const dialogHref = useDialogHref(dialogs);
  return (
    <DataTable
      label="Users"
      columns={columns(dialogHref, readOnly)}
      rows={rows}
      rowId={(row) => row.id}
      defaultSort="username"
      {...(selection && { selecting: { selection, nameOf: (row: UserRow) => row.username } })}
      isMuted={(row) => !row.active}
      empty={empty}
    />
  );
}

type DialogHref = ReturnType<typeof useDialogHref<(typeof dialogs)[number]>>;

const columns = (dialogHref: DialogHref, readOnly: boolean): DataColumn<UserRow>[] => [
  { id: "user", header: "User", sort: "username", rowHeader: true, cell: (row) => <Person row={row} /> },
  {
    id: "email",
    header: "Email",
    sort: "email",
    width: "13rem",
    cell: (row) => <Email address={row.email} />,
  },
  {
    id: "roles",
    header: "Role",
    cell: (row) => (
      <div className="min-w-0">
        <Roles row={row} />
        <UnknownEntries row={row} href={dialogHref({ expression: row.id })} />
      </div>
    ),
  },
  {
    id: "status",
    header: "Status",
    sort: "status",
    cell: (row) =>
      row.active ? <StatusWord tone="low">Active</StatusWord> : <Badge tone="high">Inactive</Badge>,
  },
  {
    id: "created",
    header: "Created",
    sort: "created",
    descendingFirst: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
  {
    id: "lastSignIn",
    header: "Last sign-in",
    sort: "lastSignIn",
    descendingFirst: true,
    cell: (row) =>
      row.lastSignInAt ? <RelativeTime at={row.lastSignInAt} /> : <span className="text-mute">Never</span>,
  },
  actionsColumn(
    (row) => row.username,
    (row) => actionsOf(row, dialogHref).filter(({ label }) => !readOnly || label === "Roles"),
  ),
];

const actionsOf = (row: UserRow, dialogHref: DialogHref) => [
  {
    label: "Edit",
    icon: <Pencil aria-hidden />,
    href: dialogHref({ edit: row.id }),
    disabledReason: row.editWhy,
  },
  {
    label: "Roles",
    icon: <IdCardLanyard aria-hidden />,
    href: dialogHref({ roles: row.id }),
  },
  {
    label: "Reset password",
    icon: <KeyRound aria-hidden />,
    href: dialogHref({ reset: row.id }),
    disabledReason: row.resetWhy,
  },
  {
    label: "Delete",
    icon: <Trash2 aria-hidden />,
    href: dialogHref({ delete: row.id }),
    disabledReason: row.deleteWhy,
    danger: true,
  },
];

/** A long address breaks before its @ sooner than elsewhere. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf("@");
  return (
    <span className="wrap-anywhere">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
}

function Person({ row }: { row: UserRow }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Avatar id={row.id} name={row.name || row.username} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium">{row.name || row.username}</span>
          {row.you && <Badge tone="medium">You</Badge>}
        </span>
        {row.name && <span className="block truncate text-xs font-normal text-mute">{row.username}</span>}
      </span>
    </div>
  );
}

function Roles({ row }: { row: UserRow }) {
  if (row.roles.length === 0) return <span className="text-mute">None</span>;
  const shown = row.roles.slice(0, 3);
  const more = row.roles.slice(3);
  return (
    <span className="flex flex-wrap gap-1">
      {shown.map((role) => (
        <HeldChip
          key={role.id}
          label={role.label}
          dangerous={role.dangerous}
          start={role.start}
          end={role.end}
          window={role.window}
          roleWindow={role.roleWindow}
          place={role.place}
          muted={!row.active}
          synced={role.source === "idp" || role.source === "scim" ? role.source : undefined}
        />
      ))}
      {more.length > 0 && (
        <span className="text-xs text-mute" title={more.map(({ label }) => label).join(", ")}>
          +{more.length}
        </span>
      )}
    </span>
  );
}

/** Somebody misspelt something, and this person has no rights for it. */
function UnknownEntries({ row, href }: { row: UserRow; href: string }) {
  if (row.unknownEntries.length === 0) return null;
  return (
    <Link
      href={href}
      scroll={false}
      className="mt-1 inline-flex min-h-6 items-center"
      title={row.unknownEntries.join(", ")}
    >
      <Badge
        tone="high"
        icon={<TriangleAlert aria-hidden className="shrink-0" />}
        className="whitespace-normal!"
      >
        Unknown entry in role expression
      </Badge>
    </Link>
  );
}
