import type { ReactNode } from "react";
import { saveProviderForm } from "#app/(console)/settings/sso/actions.ts";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { ProviderView } from "#lib/sso/index.ts";

/** The settings of one provider, saved at once. */
export function ProviderForm({ provider, children }: { provider: ProviderView; children: ReactNode }) {
  const { slug, version, label, why } = provider;
  return (
    <Form action={saveProviderForm} aria-label={`Settings of ${label}`}>
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="version" value={version} />
      <fieldset disabled={why !== undefined} className="flex min-w-0 flex-col gap-4">
        <TextField
          name="label"
          label="Name"
          defaultValue={label}
          maxLength={60}
          autoComplete="off"
          required
        />
        {children}
      </fieldset>
      <div>
        <SubmitButton disabledReason={why}>Save settings</SubmitButton>
      </div>
    </Form>
  );
}
