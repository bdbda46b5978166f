import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Form } from "#components/form/form.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { NewPasswordField } from "#components/form/new-password-field.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { passwordRules } from "#lib/passwords/index.ts";
import { checkSetupLink } from "#lib/setup/index.ts";
import { waysToSignIn } from "#lib/sso/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { providerProblem } from "#lib/web/provider-problem.ts";
import { read } from "#lib/web/read.ts";
import { setUpForm } from "./actions.ts";
import { OwnerFromProvider } from "./owner-from-provider.tsx";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const { token } = params;
  const link = typeof token === "string" ? token.slice(0, 200) : "";
  const state = await read(checkSetupLink, { token: link });
  if (state === "done") redirect("/sign-in");
  const { local, providers } = await read(waysToSignIn, {});
  const owners = providers.filter((provider) => provider.bringsPeople);
  const atProvider = <OwnerFromProvider providers={owners} problem={await providerProblem(params)} />;
  if (!local && owners.length > 0)
    return (
      <AuthCard title="Almost there" description="This installation has no accounts yet.">
        {atProvider}
      </AuthCard>
    );
  if (state === "link_needed") return <WhereTheLinkIs stale={link !== ""}>{atProvider}</WhereTheLinkIs>;
  const rules = await read(passwordRules, {});
  return (
    <AuthCard
      title="Create the owner account"
      description="It may do everything here, and gives others their roles."
    >
      <Form action={setUpForm}>
        <input type="hidden" name="token" value={link} />
        <IdentityFields own />
        <NewPasswordField rules={rules} />
        <SubmitButton>Create account</SubmitButton>
      </Form>
      {atProvider}
    </AuthCard>
  );
}

/** Nobody on the network can take an installation over: the link is where only its operator looks. */
function WhereTheLinkIs({ stale, children }: { stale: boolean; children: ReactNode }) {
  return (
    <AuthCard title="Almost there" description="This installation has no accounts yet.">
      <Notice kind={stale ? "warning" : "info"} reason={stale ? "bad_setup_link" : "link_needed"}>
        {stale && <p className="mb-1 font-medium">This link does not work any more.</p>}
        Open the one-time set-up link that Bailiwick printed when it started: look at the terminal or log of
        the machine that it runs on. Restarting it prints a new one.
      </Notice>
      {children}
    </AuthCard>
  );
}
