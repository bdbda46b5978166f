import { InstantWords } from "#components/access/instant-words.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { ActiveAccess } from "#lib/temporary-access/index.ts";
import { AccessCard } from "./access-card.tsx";
import { EndNowButton } from "./end-now-button.tsx";

/** Access that runs or is to come, whatever ends first on top. */
export function ActiveList({ rows }: { rows: readonly ActiveAccess[] }) {
  if (rows.length === 0) return <p className="text-sm text-mute">Nobody has temporary access.</p>;
  return (
    <ul aria-label="Temporary access now" className="flex flex-col gap-2">
      {rows.map((row) => (
        <AccessCard
          key={row.id}
          who={row.who}
          actions={
            <EndNowButton
              user={row.who.id}
              assignment={row.id}
              of={`${row.role.label} of ${row.who.username}`}
              why={row.endWhy}
            />
          }
        >
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
            <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
            <span>
              {row.place && `in ${row.place} `}
              {row.startsAt && (
                <>
                  from <InstantWords at={row.startsAt} />{" "}
                </>
              )}
              {row.endsAt && (
                <>
                  until <InstantWords at={row.endsAt} />
                </>
              )}
            </span>
          </p>
          <p className="mt-1 text-xs break-words text-mute">
            {row.source === "request" ? "Asked for, granted" : "Given"}
            {row.givenBy && ` by ${row.givenBy}`}: {row.reason}
          </p>
        </AccessCard>
      ))}
    </ul>
  );
}
