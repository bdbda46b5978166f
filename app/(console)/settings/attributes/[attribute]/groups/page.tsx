import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { dialogs } from "#app/(console)/settings/attributes/[attribute]/dialogs.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { SearchBox } from "#components/table/search-box.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listGroups } from "#lib/managed-values/index.ts";
import { listEntriesSchema, valuePageSizes } from "#lib/managed-values/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { GroupDialogs } from "./group-dialogs.tsx";
import { GroupsTable } from "./groups-table.tsx";

export const metadata: Metadata = { title: "Managed Lists" };

interface Props extends SearchProps {
  params: Promise<{ attribute: string }>;
}

export default async function GroupsPage({ params, searchParams }: Props) {
  const [{ attribute }, query] = await Promise.all([params, searchParams]);
  const list = pageQuery(listEntriesSchema, { ...query, attribute });
  const page = await read(listGroups, list);
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(`/settings/attributes/${attribute}/groups`, query, { ...without(dialogs), ...changes });
  const nothing = page.total === 0 && !list.q;
  const add = (
    <LinkButton
      href={href({ add: "" })}
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      scroll={false}
    >
      Add Group
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={`${page.list.label} groups`}
        description="A role that is limited to a group reaches whatever is in it: a change of its members holds from everybody's next request on."
        actions={!nothing && add}
      />
      {nothing ? (
        <EmptyState kind="nothing-yet" title="No group yet" action={add}>
          Put what belongs together into a group, and limit roles to it by one name.
        </EmptyState>
      ) : (
        <section aria-label={`${page.list.label} groups`}>
          <div className="mb-3">
            <SearchBox label="Search groups" placeholder="Key, name or description" />
          </div>
          <GroupsTable
            rows={page.rows}
            label={`${page.list.label} groups`}
            empty={
              <EmptyState kind="no-match" title="No group matches">
                Try fewer words.
              </EmptyState>
            }
          />
          <Pagination page={page} noun={["group", "groups"]} size={list.size} sizes={valuePageSizes} />
        </section>
      )}
      <GroupDialogs list={page.list} params={query} closeHref={href({})} />
    </>
  );
}
