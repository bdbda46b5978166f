import type { Metadata } from "next";
import Link from "next/link";
import { Form } from "#components/form/form.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { checkResetLink, resetLinksOffered } from "#lib/accounts/index.ts";
import { passwordRules } from "#lib/passwords/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { askResetLinkForm, redeemResetLinkForm } from "./actions.ts";
import { HideToken } from "./hide-token.tsx";

export const metadata: Metadata = { title: "Reset password" };

export default async function ResetPasswordPage({ searchParams }: SearchProps) {
  const { token } = await searchParams;
  if (typeof token !== "string") return <AskForLink offered={await read(resetLinksOffered, {})} />;
  const link = token.slice(0, 200);
  const user = await read(checkResetLink, { token: link });
  if (!user) return <DeadLink offered={await read(resetLinksOffered, {})} />;
  const rules = await read(passwordRules, {});
  return (
    <AuthCard title="Choose a new password" description={`For ${user.username}`} footer={<ToSignIn />}>
      <HideToken />
      <Form action={redeemResetLinkForm}>
        <input type="hidden" name="token" value={link} />
        {/* For password managers, which file the password under a name. */}
        <input type="hidden" name="username" autoComplete="username" value={user.username} readOnly />
        <NewPasswordField rules={rules} label="New password" names={user} />
        <p className="text-sm text-soft">
          Everywhere that this account is signed in, it will be signed out. Afterwards you sign in with the
          new password.
        </p>
        <SubmitButton>Set password</SubmitButton>
      </Form>
    </AuthCard>
  );
}

/** Wrong, used and too old are one thing here. */
function DeadLink({ offered }: { offered: boolean }) {
  return (
    <AuthCard title="This link does not work any more" footer={<ToSignIn />}>
      <HideToken />
      <Notice kind="warning">
        A link works once, for an hour, and only until the password changes.{" "}
        {offered ? (
          <Link href="/reset-password" className="font-medium underline underline-offset-2">
            Ask for a new one
          </Link>
        ) : (
          "Ask an administrator for a new one"
        )}
        .
      </Notice>
    </AuthCard>
  );
}

function AskForLink({ offered }: { offered: boolean }) {
  if (!offered) {
    return (
      <AuthCard title="Reset password" footer={<ToSignIn />}>
        <Notice kind="info">
          Open the link that you were given. Without one, ask an administrator to reset your password: this
          console sends no mail by itself.
        </Notice>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Reset password"
      description="We send a link to the email address of your account."
      footer={<ToSignIn />}
    >
      <Form action={askResetLinkForm} resetOnOk>
        <TextField
          name="identifier"
          label="Username or email"
          autoComplete="username"
          spellCheck={false}
          required
        />
        <SubmitButton>Send link</SubmitButton>
      </Form>
    </AuthCard>
  );
}

function ToSignIn() {
  return (
    <Link href="/sign-in" className="font-medium text-accent underline underline-offset-2">
      Sign in instead
    </Link>
  );
}
