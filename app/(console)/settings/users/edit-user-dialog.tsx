import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { TheirChanges } from "#components/form/their-changes.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Link } from "#components/ui/link.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";
import { getUser } from "#lib/users/index.ts";
import { read } from "#lib/web/read.ts";
import { AccessLink } from "./access-link.tsx";
import { updateUserForm } from "./actions.ts";
import { FactorsOf } from "./factors-of.tsx";
import { RoleField } from "./role-field.tsx";
import { ExpressionLink } from "./roles/expression/expression-link.tsx";
import { storedFields } from "./stored-fields.ts";

export async function EditUserDialog(props: {
  id: string;
  choices: readonly RoleChoice[];
  single: boolean;
  closeHref: string;
  /** The address of another dialog about the same person. */
  dialogHref: (dialog: "roles" | "expression" | "factors") => string;
}) {
  const user = await read(getUser, { id: props.id });
  return (
    <Dialog
      title={`Edit ${user.name || user.username}`}
      description={user.username}
      closeHref={props.closeHref}
    >
      <Form action={updateUserForm} okHref={props.closeHref}>
        <input type="hidden" name="id" value={user.id} />
        <input type="hidden" name="version" value={user.version} />
        <TheirChanges what="this user" fields={storedFields(user, props.choices, props.single)} />
        <IdentityFields withoutUsername values={user} />
        <RoleField
          choices={props.choices}
          single={props.single}
          chosen={user.roles}
          held={user.roles}
          whom={user.givenName || user.username}
          why={user.ownRoleWhy}
        />
        {!user.ownRoleWhy && (
          <p className="-mt-2 text-xs text-mute">
            <Link href={props.dialogHref("roles")} scroll={false} className="underline underline-offset-2">
              Times, places and temporary access
            </Link>
          </p>
        )}
        <ExpressionLink user={user} href={props.dialogHref("expression")} />
        <CheckboxField
          name="active"
          label="Active user"
          description="Unticked, they cannot sign in and every session of theirs ends at once. Nothing is deleted."
          defaultChecked={user.active}
          disabledReason={user.deactivateWhy}
        />
        {user.deactivateWhy && user.active && <input type="hidden" name="active" value="on" />}
        <AccessLink id={user.id} />
        <FactorsOf id={user.id} resetHref={props.dialogHref("factors")} />
        <FormButtons label="Update User" cancelHref={props.closeHref} disabledReason={user.editWhy} />
      </Form>
    </Dialog>
  );
}
