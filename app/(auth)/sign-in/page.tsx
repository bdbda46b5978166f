import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ProviderButtons } from "#components/form/provider-buttons.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { registrationOpen } from "#lib/sign-up/index.ts";
import { waysToSignIn } from "#lib/sso/index.ts";
import { offeredProviders } from "#lib/web/offered-providers.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { providerProblem } from "#lib/web/provider-problem.ts";
import { read } from "#lib/web/read.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { currentCall } from "#lib/web/session.ts";
import { signInAtProviderForm } from "./actions.ts";
import { LocalSignIn } from "./local-sign-in.tsx";
import { SignedOutNotice } from "./signed-out-notice.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const next = returnPath(params.next);
  const { actor } = await currentCall("page");
  if (actor.kind === "user") redirect(next);
  const { local, providers } = await read(waysToSignIn, {});
  const problem = await providerProblem(params);
  const open = local && (await read(registrationOpen, {}));
  return (
    <AuthCard title="Sign in" footer={open && <SignUpLink />}>
      {problem && (
        <Notice kind="danger" role="alert" reason={problem.reason} className="mb-4">
          {problem.message}
        </Notice>
      )}
      <SignedOutNotice state={params.state} />
      {params.reset !== undefined && (
        <Notice kind="success" done="choose password with link" className="mb-4">
          Your new password is set: sign in with it.
        </Notice>
      )}
      {local && <LocalSignIn next={next} />}
      {providers.length > 0 && (
        <div className={local ? "mt-4 border-t border-line pt-4" : ""}>
          <ProviderButtons
            providers={offeredProviders(providers, next)}
            action={signInAtProviderForm}
            next={next}
            alone={!local}
          />
        </div>
      )}
      {!local && providers.length === 0 && (
        <Notice kind="warning">
          Nobody can sign in now: passwords are switched off, and no identity provider is switched on. Whoever
          runs this console can switch passwords on again on its server.
        </Notice>
      )}
    </AuthCard>
  );
}

function SignUpLink() {
  return (
    <>
      Don’t have an account?{" "}
      <Link href="/sign-up" className="font-medium text-accent underline underline-offset-2">
        Sign up
      </Link>
    </>
  );
}
