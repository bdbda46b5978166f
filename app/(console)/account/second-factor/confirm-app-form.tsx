"use client";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { confirmTotpForm } from "./actions.ts";
import { CodesShownOnce } from "./codes-shown-once.tsx";

export function ConfirmAppForm(props: {
  closeHref: string;
  pending: { secret: string; picture: string } | null;
}) {
  const { closeHref, pending } = props;
  return (
    <Form action={confirmTotpForm} done={(state) => <CodesShownOnce state={state} closeHref={closeHref} />}>
      {pending ? (
        <>
          <ol className="list-decimal space-y-4 pl-5 marker:text-mute">
            <li>
              Scan this with your authenticator app.
              {/* biome-ignore lint/performance/noImgElement: a data URL, and the image optimiser is off */}
              <img
                src={pending.picture}
                alt="QR code for the authenticator app"
                width={192}
                height={192}
                className="mt-2 rounded-lg border border-line bg-white"
              />
            </li>
            <li>
              Or type the key into it:
              <span className="mt-1 flex items-center gap-1">
                <code className="rounded bg-sunken px-1.5 py-1 text-xs wrap-anywhere">
                  {inFours(pending.secret)}
                </code>
                <CopyButton value={pending.secret} label="Copy key" />
              </span>
            </li>
            <li>Enter the code that it shows.</li>
          </ol>
          <TextField
            name="code"
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            spellCheck={false}
            required
          />
          <FormButtons label="Turn on" cancelHref={closeHref} />
        </>
      ) : (
        <Notice kind="info">This QR code is too old or was used already: close this and start again.</Notice>
      )}
    </Form>
  );
}

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? secret;
