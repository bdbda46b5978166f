import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Form } from "#components/form/form.tsx";
import { PasskeyForm } from "#components/form/passkey-form.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { resetLinksOffered } from "#lib/accounts/index.ts";
import { passkeyRefusal } from "#lib/second-factor/index.ts";
import { registrationOpen } from "#lib/sign-up/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { currentCall } from "#lib/web/session.ts";
import { askPasskeyForm, passkeyForm, signInForm } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const next = returnPath(params.next);
  const { actor, origin } = await currentCall("page");
  if (actor.kind === "user") redirect(next);
  const open = await read(registrationOpen, {});
  const sendsLinks = await read(resetLinksOffered, {});
  return (
    <AuthCard
      title="Sign in"
      footer={
        open && (
          <>
            Don’t have an account?{" "}
            <Link href="/sign-up" className="font-medium text-accent underline underline-offset-2">
              Sign up
            </Link>
          </>
        )
      }
    >
      {params.reset !== undefined && (
        <Notice kind="success" className="mb-4">
          Your new password is set: sign in with it.
        </Notice>
      )}
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
    </AuthCard>
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
