"use client";
import { LogIn } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import type { FormAction } from "#lib/web/form-state.ts";
import { Form } from "./form.tsx";
import { SubmitButton } from "./submit-button.tsx";

/** Leads to the provider, where the person signs in anew, and back to this page. */
export function ProofAtProvider(props: {
  providers: readonly { slug: string; label: string }[];
  action: FormAction;
  cancel: ReactNode;
  /** Hidden fields that go along: where to come back to, when it is not this page. */
  children?: ReactNode;
}) {
  const here = useSyncExternalStore(noChange, pageAddress, () => "");
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-soft">
        You leave this page and come back to it: what you entered here is to be entered again.
      </p>
      <div className="flex flex-wrap items-start justify-end gap-2">
        {props.cancel}
        {props.providers.map(({ slug, label }) => (
          <Form key={slug} action={props.action}>
            <input type="hidden" name="provider" value={slug} />
            {props.children ?? <input type="hidden" name="next" value={here} />}
            <SubmitButton icon={<LogIn aria-hidden className="size-4" />}>
              Sign in again at {label}
            </SubmitButton>
          </Form>
        ))}
      </div>
    </div>
  );
}

const noChange = () => () => {};
const pageAddress = () => window.location.pathname + window.location.search;
