import { signInAtProviderForm } from "#app/(auth)/sign-in/actions.ts";
import { ProviderButtons } from "#components/form/provider-buttons.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { offeredProviders } from "#lib/web/offered-providers.ts";
import type { providerProblem } from "#lib/web/provider-problem.ts";

/** Providers that bring people bring the first one too: whoever comes first owns the installation. */
export function OwnerFromProvider(props: {
  providers: Parameters<typeof offeredProviders>[0];
  problem: Awaited<ReturnType<typeof providerProblem>>;
}) {
  return (
    <>
      {props.problem && (
        <Notice kind="danger" role="alert" reason={props.problem.reason} className="mt-4">
          {props.problem.message}
        </Notice>
      )}
      {props.providers.length > 0 && (
        <div className="mt-4 border-t border-line pt-4">
          <p className="mb-3 text-soft">
            Whoever signs in here first through the identity provider becomes the owner.
          </p>
          <ProviderButtons
            providers={offeredProviders(props.providers, "/")}
            action={signInAtProviderForm}
            next="/"
            alone
          />
        </div>
      )}
    </>
  );
}
