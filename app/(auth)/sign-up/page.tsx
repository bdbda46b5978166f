import type { Metadata } from "next";
import Link from "next/link";
import { Form } from "#components/form/form.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import { registrationOpen } from "#lib/sign-up/index.ts";
import { read } from "#lib/web/read.ts";
import { signUpForm } from "./actions.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  const open = await read(registrationOpen, {});
  const rules = await read(passwordRules, {});
  return (
    <AuthCard
      title="Create your account"
      footer={
        <Link href="/sign-in" className="font-medium text-accent underline underline-offset-2">
          Sign in instead
        </Link>
      }
    >
      {open ? (
        <Form action={signUpForm}>
          <IdentityFields own />
          <NewPasswordField rules={rules} />
          <SubmitButton>Sign up</SubmitButton>
        </Form>
      ) : (
        <Notice kind="info">User signup is currently disabled. Ask an administrator for an account.</Notice>
      )}
    </AuthCard>
  );
}
