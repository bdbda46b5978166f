import { FilterBar } from "#components/table/filter-bar.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { SessionPage } from "#lib/sessions/index.ts";
import { type ListSessionsInput, sessionPageSizes, signInMethods } from "#lib/sessions/schema.ts";
import { SessionsTable } from "./sessions-table.tsx";

/** Search, filters, the table and the way through its pages; all of it in the URL. */
export function SessionsList({ page, list }: { page: SessionPage; list: ListSessionsInput }) {
  return (
    <section aria-label="Sessions">
      <FilterBar
        search={{ label: "Search sessions by user", placeholder: "Name, username or email" }}
        filters={[
          { name: "state", label: "State", value: "live", options: states },
          { name: "method", label: "Signed in with", all: "Anything", options: signInMethods },
        ]}
      />
      <SessionsTable rows={page.rows} state={list.state} empty={<NoSessions list={list} />} />
      <Pagination page={page} noun={["session", "sessions"]} size={list.size} sizes={sessionPageSizes} />
    </section>
  );
}

const states = [
  { value: "live", label: "Live" },
  { value: "ended", label: "Ended" },
];

function NoSessions({ list: { q, method, state } }: { list: ListSessionsInput }) {
  if (state === "ended" && !q && !method) {
    return (
      <EmptyState kind="nothing-yet" title="No session has ended yet">
        Ended sessions are kept for 90 days.
      </EmptyState>
    );
  }
  const all = <LinkButton href="/settings/sessions">Show all live sessions</LinkButton>;
  return (
    <EmptyState kind="no-match" title="No session matches" action={all}>
      Try fewer words, or another filter.
    </EmptyState>
  );
}
