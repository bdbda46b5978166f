"use client";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { FormState } from "#lib/web/form-state.ts";
import { makeResetLinkForm } from "./actions.ts";

/** Makes the link and shows it this once. */
export function ResetLinkForm({ id }: { id: string }) {
  return (
    <Form action={makeResetLinkForm} done={shownOnce} aria-label="One-time link">
      <input type="hidden" name="id" value={id} />
      <p className="text-sm text-soft">
        It lets them choose a new password, once and within the hour. You never get to know it.
      </p>
      <div>
        <SubmitButton>Make link</SubmitButton>
      </div>
    </Form>
  );
}

function shownOnce({ details }: FormState) {
  const link = String(details?.link ?? "");
  return (
    <div className="space-y-2">
      <p className="text-sm text-soft">
        {typeof details?.mailedTo === "string"
          ? `It was sent to ${details.mailedTo}. You can pass it on yourself as well:`
          : "Pass it on in a way that nobody else reads. It is shown this once:"}
      </p>
      {details?.mailFailed === true && (
        <p className="text-sm text-high">The mail could not be sent: pass the link on yourself.</p>
      )}
      <div className="flex items-center gap-1">
        <input
          readOnly
          value={link}
          aria-label="Reset link"
          className="min-h-9 w-full min-w-0 rounded-md border border-edge bg-sunken px-2.5 font-mono text-xs text-ink"
        />
        <CopyButton value={link} label="Copy link" />
      </div>
    </div>
  );
}
