import { Pagination } from "#components/table/pagination.tsx";
import { SearchBox } from "#components/table/search-box.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { OrganizationPage } from "#lib/organizations/index.ts";
import { type ListOrganizationsInput, organizationPageSizes } from "#lib/organizations/schema.ts";
import { OrganizationsTable } from "./organizations-table.tsx";

/** Search, the table and the way through its pages; all of it in the URL. */
export function OrganizationsList(props: {
  page: OrganizationPage;
  list: ListOrganizationsInput;
  /** Absent for whoever may not add any. */
  addHref: string | undefined;
  readOnlyWhy: string | undefined;
}) {
  const { page, list } = props;
  if (page.total === 0 && !list.q) return <NothingYet addHref={props.addHref} />;
  return (
    <section aria-label="All organizations">
      <div className="mb-3">
        <SearchBox label="Search organizations" placeholder="Organization or team" />
      </div>
      <OrganizationsTable rows={page.rows} readOnlyWhy={props.readOnlyWhy} empty={<NothingMatches />} />
      <Pagination
        page={page}
        noun={["organization", "organizations"]}
        size={list.size}
        sizes={organizationPageSizes}
      />
    </section>
  );
}

function NothingYet({ addHref }: { addHref: string | undefined }) {
  if (!addHref)
    return (
      <EmptyState kind="not-allowed" title="No organization that you may see">
        Your roles let you see some organizations only, and there is none of those.
      </EmptyState>
    );
  return (
    <EmptyState
      kind="nothing-yet"
      title="No organization yet"
      action={
        <LinkButton href={addHref} scroll={false}>
          Add the first one
        </LinkButton>
      }
    >
      A role can be limited to what belongs to its holder's organizations or teams. Until there are some, such
      a role reaches nothing.
    </EmptyState>
  );
}

function NothingMatches() {
  return (
    <EmptyState
      kind="no-match"
      title="No organization matches"
      action={<LinkButton href="/settings/organizations">Show all organizations</LinkButton>}
    >
      The search looks at the names of organizations and of their teams.
    </EmptyState>
  );
}
