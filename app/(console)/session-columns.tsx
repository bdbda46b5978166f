"use client";
import type { DataColumn } from "#components/table/data-column.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { SessionRow } from "#lib/sessions/index.ts";

/** What every list of sessions shows of one; the order of the columns is the list's own. */
export function DeviceCell({ row }: { row: SessionRow }) {
  return (
    <span className="block min-w-0">
      <span className="flex flex-wrap items-center gap-x-1.5">
        <span title={row.agent ?? undefined}>{row.device}</span>
        {row.current && <Badge tone="accent">This session</Badge>}
      </span>
      <span className="block text-xs font-normal break-all text-mute">
        {row.address ?? "Unknown address"}
      </span>
    </span>
  );
}

export const signInColumn: DataColumn<SessionRow> = {
  id: "signIn",
  header: "Sign-in",
  cell: (row) => row.signIn,
};

export const createdColumn: DataColumn<SessionRow> = {
  id: "created",
  header: "Created",
  cell: (row) => <RelativeTime at={row.createdAt} />,
};

export const lastUsedColumn: DataColumn<SessionRow> = {
  id: "lastUsed",
  header: "Last used",
  cell: (row) => <RelativeTime at={row.lastUsedAt} />,
};

export const expiresColumn: DataColumn<SessionRow> = {
  id: "expires",
  header: "Expires",
  cell: (row) => <RelativeTime at={row.expiresAt} />,
};
