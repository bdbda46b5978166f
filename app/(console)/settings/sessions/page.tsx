import { LogOut } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listSessions } from "#lib/sessions/index.ts";
import { listSessionsSchema } from "#lib/sessions/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { dialogs } from "./dialogs.ts";
import { EndDialogs } from "./end-dialogs.tsx";
import { SessionsList } from "./sessions-list.tsx";

export const metadata: Metadata = { title: "Active Sessions" };

export default async function SessionsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const list = pageQuery(listSessionsSchema, params);
  const page = await read(listSessions, list);
  const href = (changes: Record<string, string>) =>
    pageHref("/settings/sessions", params, { ...without(dialogs), ...changes });
  return (
    <>
      <PageHeader
        title="Active Sessions"
        description="Who is signed in, where and how. An ended session fails on its very next request."
        actions={
          <LinkButton
            href={href({ "end-all": "" })}
            icon={<LogOut aria-hidden className="size-4" />}
            scroll={false}
          >
            End all sessions
          </LinkButton>
        }
      />
      <SessionsList page={page} list={list} />
      <EndDialogs rows={page.rows} params={params} closeHref={href({})} />
    </>
  );
}
