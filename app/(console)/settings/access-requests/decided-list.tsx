import { RequestState } from "#components/access/request-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { RequestRow } from "#lib/temporary-access/index.ts";

/** The latest decisions. */
export function DecidedList({ rows }: { rows: readonly RequestRow[] }) {
  if (rows.length === 0) return <p className="text-sm text-mute">Nothing has been decided yet.</p>;
  return (
    <ul aria-label="Decided requests" className="divide-y divide-line text-sm">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <RequestState status={row.status} lapsed={false} />
          <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
          <span className="min-w-0 grow break-words">
            for {row.who.username}
            {row.place && ` in ${row.place}`}: {row.reason}
            {row.note && <span className="block text-xs text-mute">Note: {row.note}</span>}
          </span>
          <span className="text-xs text-mute">
            {row.decidedBy} {row.decidedAt && <RelativeTime at={row.decidedAt} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
