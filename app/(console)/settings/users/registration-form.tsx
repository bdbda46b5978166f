"use client";
import { useState } from "react";
import { CheckboxField } from "#components/form/checkbox-field.tsx";
import type { Choice } from "#components/form/choice.ts";
import { ConfirmedChoice, type RiskyChoice } from "#components/form/confirmed-choice.tsx";
import { Form } from "#components/form/form.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { saveRegistrationForm } from "./actions.ts";

/** Self-registration with its default role; turning it on says what that means. */
export function RegistrationForm(props: {
  enabled: boolean;
  role: string;
  choices: readonly Choice[];
  dangers: readonly RiskyChoice[];
  why?: string | undefined;
}) {
  const [enabled, setEnabled] = useState(props.enabled);
  return (
    <section aria-labelledby="registration" className="mt-10 max-w-2xl border-t border-line pt-6">
      <h2 id="registration" className="mb-3 text-base font-semibold">
        User Registration Settings
      </h2>
      <Form action={saveRegistrationForm}>
        <div
          onChange={(event) => event.target instanceof HTMLInputElement && setEnabled(event.target.checked)}
        >
          <CheckboxField
            name="enabled"
            label="Enable User Self-Registration"
            description="People make their own accounts from a link on the sign-in page."
            defaultChecked={props.enabled}
            disabledReason={props.why}
          />
        </div>
        {enabled && (
          <Notice kind="warning" title="Security Notice" role="status">
            Anybody who can reach this console can make an account. On an address that the internet can reach,
            turn this on only for as long as you need it, and keep the default role small.
          </Notice>
        )}
        <ConfirmedChoice
          name="role"
          chosen={[props.role]}
          held={props.enabled || !enabled ? [props.role] : []}
          choices={props.dangers}
          question="Yes, give everybody who signs up the role"
        >
          <SelectField
            name="role"
            label="Default Role for New Users"
            options={props.choices}
            defaultValue={props.role}
            disabled={props.why !== undefined}
            required
          />
        </ConfirmedChoice>
        <div>
          <SubmitButton disabledReason={props.why}>Save Settings</SubmitButton>
        </div>
      </Form>
    </section>
  );
}
