import { LogOut } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { listOwnSessions, type SessionRow } from "#lib/sessions/index.ts";
import { listOwnSessionsSchema, sessionPageSizes } from "#lib/sessions/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { endOwnOtherSessionsForm, endOwnSessionForm } from "./actions.ts";
import { dialogs } from "./dialogs.ts";
import { OwnSessionsTable } from "./own-sessions-table.tsx";

export const metadata: Metadata = { title: "Your sessions" };

const path = "/account/sessions";

export default async function OwnSessionsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const list = listOwnSessionsSchema.parse(params);
  const page = await read(listOwnSessions, list);
  const { rows } = page;
  const closeHref = pageHref(path, params, without(dialogs));
  const ending = rows.find(({ id }) => id === params.end);
  const why = ending ? whyNot(ending) : "It is not in this list any more: it may have ended already.";
  return (
    <>
      <PageHeader
        title="Your sessions"
        description="Where you are signed in. If you do not recognise one, end it and change your password."
        actions={<EndOthers there={page.total > 1} />}
      />
      <section aria-label="Sessions">
        <OwnSessionsTable rows={rows} />
        {page.total > sessionPageSizes[0] && (
          <Pagination page={page} noun={["session", "sessions"]} size={list.size} sizes={sessionPageSizes} />
        )}
      </section>
      {typeof params.end === "string" && (
        <ConfirmDialog
          title="End this session?"
          confirmLabel="End session"
          action={endOwnSessionForm}
          values={{ id: params.end }}
          closeHref={closeHref}
          disabledReason={why}
        >
          {ending && (
            <p>
              {ending.device}
              {ending.address && `, ${ending.address}`}. You have to sign in there again.
            </p>
          )}
          {why && <p className="font-medium">{why}</p>}
        </ConfirmDialog>
      )}
      {params["end-others"] !== undefined && (
        <ConfirmDialog
          title="End all other sessions?"
          confirmLabel="End sessions"
          action={endOwnOtherSessionsForm}
          values={{}}
          closeHref={closeHref}
        >
          <p>You stay signed in here, and have to sign in again everywhere else.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

const whyNot = ({ current }: SessionRow): string | undefined =>
  current ? "Cannot end the session that you are using: sign out instead." : undefined;

function EndOthers({ there }: { there: boolean }) {
  const icon = <LogOut aria-hidden className="size-4" />;
  if (!there) {
    return (
      <Button icon={icon} disabledReason="You are signed in nowhere else.">
        End all others
      </Button>
    );
  }
  return (
    <LinkButton href={`${path}?end-others`} icon={icon} scroll={false}>
      End all others
    </LinkButton>
  );
}
