"use client";
import { Undo2 } from "lucide-react";
import { InstantWords } from "#components/access/instant-words.tsx";
import { RequestState } from "#components/access/request-state.tsx";
import { ActionButton } from "#components/table/action-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { RequestRow } from "#lib/temporary-access/index.ts";
import { withdrawRequestForm } from "./actions.ts";

/** What I asked for and what became of it; what is open can be taken back. */
export function OwnRequests({ rows }: { rows: readonly RequestRow[] }) {
  if (rows.length === 0) return <p className="text-sm text-mute">You have asked for nothing yet.</p>;
  return (
    <ul aria-label="Your requests" className="divide-y divide-line text-sm">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
          <RequestState status={row.status} lapsed={row.lapsed} />
          <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
          <span className="min-w-0 grow basis-48 break-words">
            {row.place && `in ${row.place} `}until <InstantWords at={row.endsAt} />: {row.reason}
            <span className="block text-xs text-mute">
              Asked <RelativeTime at={row.createdAt} />
              {row.decidedBy && row.status !== "withdrawn" && ` · ${row.status} by ${row.decidedBy}`}
              {row.note && ` · ${row.note}`}
            </span>
          </span>
          {row.status === "open" && !row.lapsed && (
            <ActionButton
              label="Withdraw"
              of={row.role.label}
              icon={<Undo2 aria-hidden />}
              action={withdrawRequestForm}
              values={{ request: row.id }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
