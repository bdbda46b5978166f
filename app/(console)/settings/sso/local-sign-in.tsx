import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ProviderLine, SignOnView } from "#lib/sso/index.ts";
import { saveSignOnForm } from "./actions.ts";

/** Whether people may still sign in without a provider. */
export function LocalSignIn(props: {
  signOn: SignOnView;
  providers: readonly ProviderLine[];
  why: string | undefined;
}) {
  const { signOn, providers } = props;
  const variable = signOn.fixed.disableLocalSignIn;
  const ready = providers.some(({ enabled, complete }) => enabled && complete);
  const none = ready ? undefined : "Switch a provider on first: nobody could sign in.";
  const why = props.why ?? (variable ? `from ${variable}` : signOn.disableLocalSignIn ? undefined : none);
  return (
    <section aria-labelledby="local" className="mt-10 max-w-3xl border-t border-line pt-5">
      <h2 id="local" className="text-base font-semibold">
        Signing in without a provider
      </h2>
      <p className="mb-3 text-sm text-soft">
        While it is open, people may use the passwords and passkeys that they have here beside the provider.
      </p>
      <Form action={saveSignOnForm} aria-label="Signing in without a provider">
        <CheckboxField
          name="disableLocalSignIn"
          label="Disable local sign-in"
          description="Passwords and passkeys sign nobody in, and nobody signs up. It is refused while nobody who manages users could sign in through a provider."
          defaultChecked={signOn.disableLocalSignIn}
          disabledReason={why}
        />
        {!signOn.disableLocalSignIn && !why && (
          <Notice kind="info">
            Sign in through the provider once yourself first. When it fails one day, npm run break-glass on
            the server opens a way in.
          </Notice>
        )}
        <div>
          <SubmitButton variant="secondary" disabledReason={why}>
            Save
          </SubmitButton>
        </div>
      </Form>
    </section>
  );
}
