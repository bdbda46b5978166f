import type { Metadata } from "next";
import { SyncedDialog } from "#app/(console)/settings/synced-dialog.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { listRequests } from "#lib/temporary-access/index.ts";
import { mayManage } from "#lib/users/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { ActiveList } from "./active-list.tsx";
import { DecidedList } from "./decided-list.tsx";
import { DecisionDialog } from "./decision-dialog.tsx";
import { OpenList } from "./open-list.tsx";

export const metadata: Metadata = { title: "Access Requests" };

/** Who asks for what, who has access for a time now, and what was decided lately. */
export default async function AccessRequestsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const { actor, at } = await currentCall("page");
  const synced = actor.kind === "user" && actor.roleSync ? mayManage(actor, at.getTime()) : undefined;
  const { open, active, decided } = await read(listRequests, {});
  const href = (changes: Record<string, string | undefined>) =>
    pageHref("/settings/access-requests", params, { grant: undefined, refuse: undefined, ...changes });
  const granting = open.find(({ id }) => id === params.grant);
  const refusing = open.find(({ id }) => id === params.refuse);
  return (
    <>
      <PageHeader
        title="Access Requests"
        description="People ask for a role for a time. Whoever decides is somebody else."
      />
      {synced && (
        <Notice kind="info" className="mb-5">
          {synced}
        </Notice>
      )}
      <section aria-labelledby="open" className="mb-10">
        <h2 id="open" className="mb-3 text-base font-semibold">
          Open requests
        </h2>
        {open.length === 0 ? (
          <EmptyState kind="nothing-yet" title="Nobody waits for an answer">
            People ask under Your account, Access.
          </EmptyState>
        ) : (
          <OpenList
            rows={open}
            grantHref={(id) => href({ grant: id })}
            refuseHref={(id) => href({ refuse: id })}
          />
        )}
      </section>
      <section aria-labelledby="active" className="mb-10">
        <h2 id="active" className="mb-3 text-base font-semibold">
          Temporary access now
        </h2>
        <ActiveList rows={active} />
      </section>
      <section aria-labelledby="decided">
        <h2 id="decided" className="mb-3 text-base font-semibold">
          Decided lately
        </h2>
        <DecidedList rows={decided} />
      </section>
      {synced && (granting || refusing) && (
        <SyncedDialog title="Nothing is granted now" why={synced} closeHref={href({})} />
      )}
      {granting && !synced && <DecisionDialog request={granting} decision="grant" closeHref={href({})} />}
      {refusing && !synced && <DecisionDialog request={refusing} decision="refuse" closeHref={href({})} />}
    </>
  );
}
