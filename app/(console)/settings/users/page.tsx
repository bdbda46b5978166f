import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { SyncBanner } from "#app/(console)/settings/sync-banner.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { roleChoices } from "#lib/roles/index.ts";
import { viewSyncOfUsers } from "#lib/sso/index.ts";
import { listUsers, mayEndSessions, mayManage } from "#lib/users/index.ts";
import { listUsersSchema } from "#lib/users/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { pageQuery } from "#lib/web/page-query.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { dialogs } from "./dialogs.ts";
import { RegistrationSettings } from "./registration-settings.tsx";
import { UserDialogs } from "./user-dialogs.tsx";
import { UsersList } from "./users-list.tsx";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const list = pageQuery(listUsersSchema, params);
  const page = await read(listUsers, list);
  const roles = await read(roleChoices, {});
  const { actor, at } = await currentCall("page");
  const usersWhy = mayManage(actor, at.getTime());
  const sync = await read(viewSyncOfUsers, {});
  const href = (changes: Record<string, string | undefined>) => pageHref("/settings/users", params, changes);
  const single = actor.kind === "user" && actor.access.catalogue.assignment === "single";
  const choices = { choices: roles, single };
  return (
    <>
      <PageHeader
        title="Users"
        description="Who has an account, what they hold, and whether they may sign in."
        actions={
          !sync && <AddUser href={href({ ...without(dialogs), add: "" })} allowed={usersWhy === undefined} />
        }
      />
      {sync && <SyncBanner sync={sync} what="Users" />}
      <UsersList
        page={page}
        list={list}
        roles={choices}
        rights={{
          readOnly: sync !== undefined,
          usersWhy,
          sessionsWhy: mayEndSessions(actor, at.getTime()),
        }}
      />
      {!sync && <RegistrationSettings roles={roles} />}
      <UserDialogs
        params={params}
        href={href}
        {...choices}
        usersWhy={usersWhy}
        synced={sync !== undefined}
        catalogue={actor.kind === "user" ? actor.access.catalogue : undefined}
      />
    </>
  );
}

function AddUser({ href, allowed }: { href: string; allowed: boolean }) {
  const icon = <UserPlus aria-hidden className="size-4" />;
  if (!allowed) {
    const why = "You may look at users but not add any: that needs the right to manage users.";
    return (
      <Button icon={icon} disabledReason={why}>
        Add User
      </Button>
    );
  }
  return (
    <LinkButton href={href} variant="primary" icon={icon} scroll={false}>
      Add User
    </LinkButton>
  );
}
