import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { SearchBox } from "#components/table/search-box.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listValues } from "#lib/managed-values/index.ts";
import { listEntriesSchema, valuePageSizes } from "#lib/managed-values/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { dialogs } from "./dialogs.ts";
import { ValueDialogs } from "./value-dialogs.tsx";
import { ValuesTable } from "./values-table.tsx";

export const metadata: Metadata = { title: "Managed Lists" };

interface Props extends SearchProps {
  params: Promise<{ attribute: string }>;
}

export default async function ValuesPage({ params, searchParams }: Props) {
  const [{ attribute }, query] = await Promise.all([params, searchParams]);
  const list = pageQuery(listEntriesSchema, { ...query, attribute });
  const page = await read(listValues, list);
  const href = (changes: Record<string, string | undefined>) =>
    pageHref(`/settings/attributes/${attribute}`, query, { ...without(dialogs), ...changes });
  const add = (
    <LinkButton
      href={href({ add: "" })}
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      scroll={false}
    >
      Add {page.list.label}
    </LinkButton>
  );
  const nothing = page.total === 0 && !list.q;
  return (
    <>
      <PageHeader
        title={page.list.label}
        description={`${page.list.description} Roles can be limited to some of them.`}
        actions={!nothing && add}
      />
      {nothing ? (
        <EmptyState kind="nothing-yet" title="Nothing in this list yet" action={add}>
          Add each under the key that your application uses for it. Limits of roles and groups choose from
          this list.
        </EmptyState>
      ) : (
        <section aria-label={page.list.label}>
          <div className="mb-3">
            <SearchBox label="Search the list" placeholder="Key, name or description" />
          </div>
          <ValuesTable
            rows={page.rows}
            label={page.list.label}
            empty={
              <EmptyState kind="no-match" title="Nothing matches">
                Try fewer words.
              </EmptyState>
            }
          />
          <Pagination page={page} noun={["entry", "entries"]} size={list.size} sizes={valuePageSizes} />
        </section>
      )}
      <ValueDialogs list={page.list} params={query} closeHref={href({})} />
    </>
  );
}
