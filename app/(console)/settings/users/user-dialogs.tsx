import { SyncedDialog } from "#app/(console)/settings/synced-dialog.tsx";
import type { UserActor } from "#lib/kernel/actor.ts";
import type { RoleChoice } from "#lib/roles/index.ts";
import { type SearchParams, without } from "#lib/web/page-href.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { DeleteUserDialog } from "./delete-user-dialog.tsx";
import { dialogs } from "./dialogs.ts";
import { EditUserDialog } from "./edit-user-dialog.tsx";
import { ResetFactorsDialog } from "./reset-factors-dialog.tsx";
import { ResetPasswordDialog } from "./reset-password-dialog.tsx";
import { RolesDialogs } from "./roles/roles-dialogs.tsx";

/** Under role sync what somebody holds is still there to be looked at; everything else here is a change. */
const changing = ["add", "edit", "preset", "temporary", "expression", "reset", "delete", "factors"] as const;

/** The dialog that the address of the users page asks for. */
export function UserDialogs(props: {
  params: SearchParams;
  href: (changes: Record<string, string | undefined>) => string;
  choices: readonly RoleChoice[];
  single: boolean;
  usersWhy: string | undefined;
  synced: boolean;
  catalogue: UserActor["access"]["catalogue"] | undefined;
}) {
  const { params, href, choices, single, usersWhy, catalogue } = props;
  const closeHref = href(without(dialogs));
  const dialog = { choices, single, closeHref };
  if (props.synced && usersWhy && changing.some((name) => params[name] !== undefined))
    return <SyncedDialog title="Users are read-only now" why={usersWhy} closeHref={closeHref} />;
  return (
    <>
      {params.add !== undefined && usersWhy === undefined && (
        <AddUserDialog {...dialog} presets={catalogue?.presets ?? []} usual={catalogue?.newUserRoles ?? []} />
      )}
      {typeof params.factors === "string" && <ResetFactorsDialog id={params.factors} closeHref={closeHref} />}
      {typeof params.edit === "string" && (
        <EditUserDialog
          {...dialog}
          id={params.edit}
          dialogHref={(name) => href({ ...without(dialogs), [name]: String(params.edit) })}
        />
      )}
      <RolesDialogs params={params} href={(changes) => href({ ...without(dialogs), ...changes })} />
      {typeof params.reset === "string" && <ResetPasswordDialog id={params.reset} closeHref={closeHref} />}
      {typeof params.delete === "string" && <DeleteUserDialog id={params.delete} closeHref={closeHref} />}
    </>
  );
}
