import { Plug } from "lucide-react";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { connectProviderForm } from "./actions.ts";

/** Connecting means to sign in there once, as whoever one is there. */
export function ConnectButtons({ open }: { open: readonly { slug: string; label: string }[] }) {
  return (
    <div className="mt-4 flex flex-wrap items-start gap-2">
      {open.map(({ slug, label }) => (
        <Form key={slug} action={connectProviderForm} aria-label={`Connect ${label}`}>
          <input type="hidden" name="provider" value={slug} />
          <SubmitButton variant="secondary" icon={<Plug aria-hidden className="size-4" />}>
            Connect {label}
          </SubmitButton>
        </Form>
      ))}
    </div>
  );
}
