import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import type { RoleChoice } from "#lib/roles/index.ts";
import { previewPreset } from "#lib/users/index.ts";
import { read } from "#lib/web/read.ts";
import { createUserForm } from "./actions.ts";
import { RoleField } from "./role-field.tsx";
import { PresetRoles } from "./roles/preset-roles.tsx";

export async function AddUserDialog(props: {
  choices: readonly RoleChoice[];
  single: boolean;
  presets: readonly { key: string }[];
  /** What new users get unless somebody chooses otherwise. */
  usual: readonly string[];
  closeHref: string;
}) {
  const rules = await read(passwordRules, {});
  const presets = await Promise.all(props.presets.map(({ key }) => read(previewPreset, { preset: key })));
  return (
    <Dialog title="Add New User" description="They can sign in straight away." closeHref={props.closeHref}>
      <Form action={createUserForm} okHref={props.closeHref}>
        <IdentityFields />
        <NewPasswordField rules={rules} />
        <PresetRoles presets={presets}>
          <RoleField
            choices={props.choices}
            single={props.single}
            chosen={props.usual}
            held={[]}
            whom="this user"
          />
        </PresetRoles>
        <FormButtons label="Create User" cancelHref={props.closeHref} />
      </Form>
    </Dialog>
  );
}
