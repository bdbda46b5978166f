import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import type { RoleChoice } from "#lib/roles/index.ts";
import { read } from "#lib/web/read.ts";
import { createUserForm } from "./actions.ts";
import { RoleField } from "./role-field.tsx";

export async function AddUserDialog(props: {
  choices: readonly RoleChoice[];
  single: boolean;
  /** What new users get unless somebody chooses otherwise. */
  usual: readonly string[];
  closeHref: string;
}) {
  const rules = await read(passwordRules, {});
  return (
    <Dialog title="Add New User" description="They can sign in straight away." closeHref={props.closeHref}>
      <Form action={createUserForm} okHref={props.closeHref}>
        <IdentityFields />
        <NewPasswordField rules={rules} />
        <RoleField
          choices={props.choices}
          single={props.single}
          chosen={props.usual}
          held={[]}
          whom="this user"
        />
        <FormButtons label="Create User" cancelHref={props.closeHref} />
      </Form>
    </Dialog>
  );
}
