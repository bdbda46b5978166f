import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Form } from "#components/form/form.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { TextField } from "#components/form/text-field.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { registrationOpen } from "#lib/sign-up/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { currentCall } from "#lib/web/session.ts";
import { signInForm } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: SearchProps) {
  const next = returnPath((await searchParams).next);
  if ((await currentCall("page")).actor.kind === "user") redirect(next);
  const open = await read(registrationOpen, {});
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
      </Form>
    </AuthCard>
  );
}
