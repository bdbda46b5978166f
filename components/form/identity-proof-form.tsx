"use client";
import { KeyRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FormAction } from "#lib/web/form-state.ts";
import { Form } from "./form.tsx";
import { PasskeyForm } from "./passkey-form.tsx";
import { PasswordField } from "./password-field.tsx";
import { ProofAtProvider } from "./proof-at-provider.tsx";
import { SubmitButton } from "./submit-button.tsx";
import { TextField } from "./text-field.tsx";

/** How somebody can prove who they are, and the actions that take the proof. */
export interface IdentityProofWays {
  ways: {
    password: boolean;
    passkey: boolean;
    code: boolean;
    providers: readonly { slug: string; label: string }[];
  };
  action: FormAction;
  /** Gets the challenge for a passkey. */
  askPasskey: FormAction;
  /** Leads to an identity provider, to sign in there anew. */
  atProvider: FormAction;
}

/** Asks for whichever proof the person has: the first one with a field, the others by a button. */
export function IdentityProofForm(
  props: IdentityProofWays & {
    onOk?: () => void;
    cancel: ReactNode;
    /** Hidden fields that go along. */
    children?: ReactNode;
  },
) {
  const { ways, action, askPasskey, atProvider, onOk, cancel, children } = props;
  const [byCode, setByCode] = useState(!ways.password);
  const done = onOk && { onOk };
  const here = ways.password || ways.passkey || ways.code;
  const there = ways.providers.length > 0 && (
    <ProofAtProvider providers={ways.providers} action={atProvider} cancel={here ? undefined : cancel}>
      {children}
    </ProofAtProvider>
  );
  if (!here && there) return there;
  if (!here) {
    return (
      <Notice kind="info">
        Your account has nothing to confirm with here: sign out and sign in again, which proves as much.
      </Notice>
    );
  }
  const alone = !ways.password && !ways.code;
  return (
    <div className="flex flex-col gap-4">
      {!alone && (
        <Form key={byCode ? "code" : "password"} action={action} {...done}>
          {children}
          {byCode ? (
            <TextField
              name="code"
              label="Code"
              description="The six digits that your authenticator app shows now."
              inputMode="numeric"
              autoComplete="one-time-code"
              spellCheck={false}
              required
            />
          ) : (
            <PasswordField name="password" label="Password" autoComplete="current-password" required />
          )}
          <div className="flex flex-wrap justify-end gap-2">
            {cancel}
            <SubmitButton>Confirm</SubmitButton>
          </div>
        </Form>
      )}
      {(ways.passkey || (ways.password && ways.code)) && (
        <div className={alone ? "flex gap-2" : "flex flex-wrap items-start gap-2 border-t border-line pt-4"}>
          {ways.passkey && (
            <PasskeyForm ceremony="show" ask={askPasskey} action={action} {...done}>
              {children}
              <SubmitButton
                variant={alone ? "primary" : "secondary"}
                icon={<KeyRound aria-hidden className="size-4" />}
              >
                Use a passkey
              </SubmitButton>
            </PasskeyForm>
          )}
          {ways.password && ways.code && (
            <Button onClick={() => setByCode(!byCode)}>
              {byCode ? "Use the password" : "Use the authenticator app"}
            </Button>
          )}
          {alone && cancel}
        </div>
      )}
      {there && <div className="border-t border-line pt-4">{there}</div>}
    </div>
  );
}
