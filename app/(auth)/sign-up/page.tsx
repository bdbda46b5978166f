import type { Metadata } from "next";
import Link from "next/link";
import { HideToken } from "#app/(auth)/reset-password/hide-token.tsx";
import { Form } from "#components/form/form.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import { checkSignUpLink } from "#lib/sign-up/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { askSignUpForm, signUpForm } from "./actions.ts";

export const metadata: Metadata = { title: "Sign up" };

/** Where mail is sent, the address comes first, and the rest behind the link that was sent there. */
export default async function SignUpPage({ searchParams }: SearchProps) {
  const { token, sent } = await searchParams;
  if (sent !== undefined) return <Sent />;
  const link = typeof token === "string" ? token.slice(0, 600) : "";
  const found = await read(checkSignUpLink, { token: link });
  switch (found.step) {
    case "closed":
      return (
        <AuthCard title="Create your account" footer={<ToSignIn />}>
          <Notice kind="info">
            User signup is currently disabled. Ask an administrator to create an account for you.
          </Notice>
        </AuthCard>
      );
    case "address":
      return <AskForLink />;
    case "dead_link":
      return <DeadLink />;
    case "account":
      return <NewAccount link={link} email={found.email} />;
  }
}

function AskForLink() {
  return (
    <AuthCard
      title="Create your account"
      description="We will email you a link to continue."
      footer={<ToSignIn />}
    >
      <Form action={askSignUpForm}>
        <TextField name="email" label="Email" type="email" autoComplete="email" spellCheck={false} required />
        <SubmitButton>Continue</SubmitButton>
      </Form>
    </AuthCard>
  );
}

/** Whether the address has an account already, the message says, and nothing else. */
function Sent() {
  return (
    <AuthCard title="Check your email" footer={<ToSignIn />}>
      <Notice kind="success" done="ask for sign-up link">
        We sent a message to the address that you entered. Follow its instructions to continue. If it does not
        arrive, look in your spam folder or{" "}
        <Link href="/sign-up" className="font-medium underline underline-offset-2">
          try again
        </Link>
        .
      </Notice>
    </AuthCard>
  );
}

async function NewAccount({ link, email }: { link: string; email: string | undefined }) {
  const rules = await read(passwordRules, {});
  return (
    <AuthCard title="Create your account" footer={<ToSignIn />}>
      <HideToken />
      <Form action={signUpForm}>
        {link && <input type="hidden" name="token" value={link} />}
        <IdentityFields own settledEmail={email} />
        <NewPasswordField rules={rules} />
        <SubmitButton>Sign up</SubmitButton>
      </Form>
    </AuthCard>
  );
}

/** Wrong, too old and used are one thing here. */
function DeadLink() {
  return (
    <AuthCard title="This link is no longer valid" footer={<ToSignIn />}>
      <HideToken />
      <Notice kind="warning">
        A link works once and expires after one day.{" "}
        <Link href="/sign-up" className="font-medium underline underline-offset-2">
          Ask for a new one
        </Link>
        .
      </Notice>
    </AuthCard>
  );
}

function ToSignIn() {
  return (
    <>
      Already have an account?{" "}
      <Link href="/sign-in" className="font-medium text-accent underline underline-offset-2">
        Sign in
      </Link>
    </>
  );
}
