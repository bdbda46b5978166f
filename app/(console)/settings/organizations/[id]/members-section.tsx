import { UserPlus } from "lucide-react";
import { FilterSelect } from "#components/table/filter-select.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { SearchBox } from "#components/table/search-box.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { MemberPage, TeamView } from "#lib/organizations/index.ts";
import { type ListMembersInput, organizationPageSizes } from "#lib/organizations/schema.ts";
import { MembersTable } from "./members-table.tsx";

/** Who is in the organization, or in the team that the filter names. */
export function MembersSection(props: {
  page: MemberPage;
  list: ListMembersInput;
  teams: readonly TeamView[];
  /** How many members there are without any filter. */
  everybody: number;
  readOnlyWhy: string | undefined;
  addHref: string;
}) {
  const { page, list, teams } = props;
  const team = teams.find(({ id }) => id === list.team);
  const icon = <UserPlus aria-hidden className="size-4" />;
  const label = team ? `Add Members to ${team.name}` : "Add Members";
  return (
    <section aria-labelledby="members">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 id="members" className="text-base font-semibold">
          {team ? `Members of ${team.name}` : "Members"}
        </h2>
        {props.readOnlyWhy ? (
          <Button icon={icon} disabledReason={props.readOnlyWhy}>
            {label}
          </Button>
        ) : (
          <LinkButton href={props.addHref} icon={icon} variant="primary" scroll={false}>
            {label}
          </LinkButton>
        )}
      </div>
      {props.everybody > 0 && (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <SearchBox label="Search members" placeholder="Name, username or email" />
          {teams.length > 0 && (
            <FilterSelect
              name="team"
              label="Team"
              all="Any team or none"
              options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </div>
      )}
      <MembersTable
        rows={page.rows}
        team={team && { id: team.id, name: team.name }}
        readOnlyWhy={props.readOnlyWhy}
        empty={<Nobody filtered={Boolean(list.q)} team={team?.name} everybody={props.everybody} />}
      />
      {props.everybody > 0 && (
        <Pagination page={page} noun={["member", "members"]} size={list.size} sizes={organizationPageSizes} />
      )}
    </section>
  );
}

function Nobody(props: { filtered: boolean; team: string | undefined; everybody: number }) {
  if (props.filtered)
    return (
      <EmptyState kind="no-match" title="No member matches">
        Try fewer words, or another team.
      </EmptyState>
    );
  return (
    <EmptyState
      kind="nothing-yet"
      title={props.team ? `Nobody is in ${props.team} yet` : "Nobody is in it yet"}
    >
      {props.team && props.everybody > 0
        ? "Whoever you add comes to reach what belongs to the team, as far as their roles go."
        : "Whoever you add comes to reach what belongs to the organization, as far as their roles go."}
    </EmptyState>
  );
}
