import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { roleChoices } from "#lib/roles/index.ts";
import { listUsers, mayEndSessions, mayManage } from "#lib/users/index.ts";
import { listUsersSchema } from "#lib/users/schema.ts";
import { pageHref, type SearchProps, without } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { DeleteUserDialog } from "./delete-user-dialog.tsx";
import { dialogs } from "./dialogs.ts";
import { EditUserDialog } from "./edit-user-dialog.tsx";
import { RegistrationSettings } from "./registration-settings.tsx";
import { ResetFactorsDialog } from "./reset-factors-dialog.tsx";
import { ResetPasswordDialog } from "./reset-password-dialog.tsx";
import { RolesDialogs } from "./roles/roles-dialogs.tsx";
import { UsersList } from "./users-list.tsx";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const list = listUsersSchema.parse(params);
  const page = await read(listUsers, list);
  const roles = await read(roleChoices, {});
  const { actor, at } = await currentCall("page");
  const usersWhy = mayManage(actor, at.getTime());
  const mayAdd = usersWhy === undefined;
  const href = (changes: Record<string, string | undefined>) => pageHref("/settings/users", params, changes);
  const catalogue = actor.kind === "user" ? actor.access.catalogue : undefined;
  const single = catalogue?.assignment === "single";
  const dialog = {
    choices: roles,
    single,
    closeHref: href(without(dialogs)),
  };
  return (
    <>
      <PageHeader
        title="Users"
        description="Who has an account, what they hold, and whether they may sign in."
        actions={<AddUser href={href({ ...without(dialogs), add: "" })} allowed={mayAdd} />}
      />
      <UsersList
        page={page}
        list={list}
        roles={{ choices: roles, single }}
        rights={{ usersWhy, sessionsWhy: mayEndSessions(actor, at.getTime()) }}
      />
      <RegistrationSettings roles={roles} />
      {params.add !== undefined && mayAdd && (
        <AddUserDialog {...dialog} presets={catalogue?.presets ?? []} usual={catalogue?.newUserRoles ?? []} />
      )}
      {typeof params.factors === "string" && (
        <ResetFactorsDialog id={params.factors} closeHref={dialog.closeHref} />
      )}
      {typeof params.edit === "string" && (
        <EditUserDialog
          {...dialog}
          id={params.edit}
          dialogHref={(name) => href({ ...without(dialogs), [name]: String(params.edit) })}
        />
      )}
      <RolesDialogs params={params} href={(changes) => href({ ...without(dialogs), ...changes })} />
      {typeof params.reset === "string" && (
        <ResetPasswordDialog id={params.reset} closeHref={dialog.closeHref} />
      )}
      {typeof params.delete === "string" && (
        <DeleteUserDialog id={params.delete} closeHref={dialog.closeHref} />
      )}
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
