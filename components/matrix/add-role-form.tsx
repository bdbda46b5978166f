"use client";
import { useState } from "react";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { MatrixGroup } from "#lib/roles/matrix-data.ts";
import type { FormAction } from "#lib/web/form-state.ts";
import { type BaseRole, BasesField } from "./bases-field.tsx";
import { GrantsField } from "./grants-field.tsx";
import type { RoleTemplate } from "./template-buttons.tsx";

export interface AddRoleFormProps {
  groups: MatrixGroup[];
  templates: RoleTemplate[];
  /** What a role name may consist of: "lowercase letters, digits and underscores". */
  keyHint: string;
  /** The roles that it may inherit. */
  bases: BaseRole[];
  /** Gets `key`, `description`, `bases` and `grants` (both repeated). */
  action: FormAction;
  closeHref: string;
  /** Where a created role leads; `closeHref` unless told otherwise. */
  okHref?: string;
}

/** The body of the Add Role dialog. */
export function AddRoleForm(props: AddRoleFormProps) {
  const total = props.groups.reduce((sum, group) => sum + group.permissions.length, 0);
  const [selected, setSelected] = useState(0);
  return (
    <Form action={props.action} okHref={props.okHref ?? props.closeHref} className="gap-5!">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="key"
          label="Role name"
          required
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          description={`${sentence(props.keyHint)} It stays for good: a role cannot be renamed later.`}
        />
        <TextField
          name="description"
          label="Description"
          autoComplete="off"
          maxLength={500}
          description="Whom it is for."
        />
      </div>
      {props.bases.length > 0 && <BasesField bases={props.bases} />}
      <GrantsField groups={props.groups} templates={props.templates} onCount={setSelected} />
      <FormButtons
        label="Add role"
        cancelHref={props.closeHref}
        aside={
          <p role="status" className="text-sm text-soft tabular-nums max-sm:text-xs">
            <span className="font-semibold text-ink">
              {selected}/{total}
            </span>{" "}
            permissions selected
          </p>
        }
      />
    </Form>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, "")}.`;
}
