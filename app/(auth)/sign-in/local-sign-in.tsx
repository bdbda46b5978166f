import { KeyRound } from "lucide-react";
import Link from "next/link";
import { Form } from "#components/form/form.tsx";
import { PasskeyForm } from "#components/form/passkey-form.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { resetLinksOffered } from "#lib/accounts/index.ts";
import { passkeyRefusal } from "#lib/second-factor/index.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { askPasskeyForm, passkeyForm, signInForm } from "./actions.ts";

/** With a password, or with a passkey alone. */
export async function LocalSignIn({ next }: { next: string }) {
  const { origin } = await currentCall("page");
  const sendsLinks = await read(resetLinksOffered, {});
  return (
    <>
      <Form action={signInForm}>
        <input type="hidden" name="next" value={next} />
        <TextField
          name="identifier"
          label="Username or email"
          autoComplete="username"
          spellCheck={false}
          required
        />
        <PasswordField name="password" label="Password" autoComplete="current-password" required />
        <SubmitButton>Sign in</SubmitButton>
        {sendsLinks && (
          <Link href="/reset-password" className="self-center text-sm text-soft underline underline-offset-2">
            Forgot your password?
          </Link>
        )}
      </Form>
      {!passkeyRefusal(origin) && <PasskeyAlone next={next} />}
    </>
  );
}

/** Without name and password: the passkey knows whose it is. */
function PasskeyAlone({ next }: { next: string }) {
  return (
    <div className="mt-4 border-t border-line pt-4">
      <PasskeyForm ceremony="show" ask={askPasskeyForm} action={passkeyForm}>
        <input type="hidden" name="next" value={next} />
        <SubmitButton variant="secondary" icon={<KeyRound aria-hidden className="size-4" />}>
          Sign in with a passkey
        </SubmitButton>
      </PasskeyForm>
    </div>
  );
}
