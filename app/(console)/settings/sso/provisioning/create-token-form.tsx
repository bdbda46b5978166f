"use client";
import type { Choice } from "#components/form/choice.ts";
import { CheckboxGroupField } from "#components/form/choice-group.tsx";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { tokenDays } from "#lib/scim/schema.ts";
import { createTokenForm } from "./actions.ts";
import { TokenShownOnce } from "./token-shown-once.tsx";

export function CreateTokenForm(props: {
  providers: readonly Choice[];
  scopes: readonly Choice[];
  disabledReason: string | undefined;
  closeHref: string;
}) {
  const { closeHref } = props;
  return (
    <Form action={createTokenForm} done={(state) => <TokenShownOnce state={state} closeHref={closeHref} />}>
      <TextField name="name" label="Name" required description="Where it will be used, such as Okta." />
      <SelectField
        name="provider"
        label="Provider"
        required
        options={props.providers}
        defaultValue={props.providers.findLast(({ disabledReason }) => !disabledReason)?.value ?? ""}
        description="Whose people these are. Its rules make roles of the groups that come with them."
      />
      <CheckboxGroupField
        name="scopes"
        label="It may change"
        options={props.scopes}
        defaultValues={["users", "groups"]}
      />
      <SelectField
        name="days"
        label="Works for"
        required
        options={tokenDays.map((days) => ({ value: String(days), label: words[days] }))}
        defaultValue="365"
        description="Afterwards nothing comes from the provider until it has a new token."
      />
      <FormButtons label="Create token" cancelHref={closeHref} disabledReason={props.disabledReason} />
    </Form>
  );
}

const words = { 90: "90 days", 180: "180 days", 365: "A year", 730: "Two years" } as const;
