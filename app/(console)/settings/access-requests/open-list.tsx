import { InstantWords } from "#components/access/instant-words.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import type { OpenRequest } from "#lib/temporary-access/index.ts";
import { AccessCard } from "./access-card.tsx";

/** What waits for an answer, the longest wait first. */
export function OpenList(props: {
  rows: readonly OpenRequest[];
  grantHref: (id: string) => string;
  refuseHref: (id: string) => string;
}) {
  return (
    <ul aria-label="Open requests" className="flex flex-col gap-2">
      {props.rows.map((row) => (
        <AccessCard
          key={row.id}
          who={row.who}
          actions={
            <div className="flex gap-2">
              <Decide
                label="Grant"
                row={row}
                href={props.grantHref(row.id)}
                variant="primary"
                why={row.grantWhy}
              />
              <Decide label="Refuse" row={row} href={props.refuseHref(row.id)} why={row.refuseWhy} />
            </div>
          }
        >
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
            <RoleChip label={row.role.label} dangerous={row.role.dangerous} />
            <span>
              {row.place && `in ${row.place} `}until <InstantWords at={row.endsAt} />
            </span>
            {row.lapsed && <Badge tone="neutral">Too late</Badge>}
          </p>
          <p className="mt-1 text-sm break-words">{row.reason}</p>
          <p className="text-xs text-mute">
            Asked <RelativeTime at={row.createdAt} />
          </p>
          {row.grantWhy && <p className="mt-1 text-xs font-medium text-mute">{row.grantWhy}</p>}
        </AccessCard>
      ))}
    </ul>
  );
}

function Decide(props: {
  label: "Grant" | "Refuse";
  row: OpenRequest;
  href: string;
  variant?: "primary";
  why: string | undefined;
}) {
  const { label, row, href, variant, why } = props;
  const name = `${label} ${row.role.label} for ${row.who.username}`;
  if (why)
    return (
      <Button aria-label={name} disabledReason={why}>
        {label}
      </Button>
    );
  return (
    <LinkButton href={href} scroll={false} aria-label={name} {...(variant && { variant })}>
      {label}
    </LinkButton>
  );
}
