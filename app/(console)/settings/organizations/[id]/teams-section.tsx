import { Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { TeamView } from "#lib/organizations/index.ts";
import { TeamsTable } from "./teams-table.tsx";

export function TeamsSection(props: { teams: TeamView[]; readOnlyWhy: string | undefined; addHref: string }) {
  const icon = <Plus aria-hidden className="size-4" />;
  return (
    <section aria-labelledby="teams">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 id="teams" className="text-base font-semibold">
          Teams
        </h2>
        {props.readOnlyWhy ? (
          <Button icon={icon} disabledReason={props.readOnlyWhy}>
            Add Team
          </Button>
        ) : (
          <LinkButton href={props.addHref} icon={icon} scroll={false}>
            Add Team
          </LinkButton>
        )}
      </div>
      <TeamsTable
        rows={props.teams}
        readOnlyWhy={props.readOnlyWhy}
        empty={
          <EmptyState kind="nothing-yet" title="No team yet">
            A role limited to its holder's teams reaches what belongs to those, and nothing else of the
            organization.
          </EmptyState>
        }
      />
    </section>
  );
}
