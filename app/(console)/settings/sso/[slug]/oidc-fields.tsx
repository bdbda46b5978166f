import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { PasswordField } from "#components/form/password-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { boxOf, fieldOf } from "./field-of.ts";

/** How the console reaches an OpenID provider. */
export function OidcFields({ provider }: { provider: ProviderView }) {
  const plain = { autoComplete: "off", spellCheck: false } as const;
  return (
    <>
      <TextField
        {...plain}
        {...fieldOf(provider, "issuer", "Its metadata are asked for anew when you change it.")}
        label="Issuer"
        type="url"
        required
      />
      <CheckboxField
        {...boxOf(provider, "enforceHttps", true)}
        label="Enforce https"
        description="Off, an issuer over plain http is allowed, for trials on one machine."
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          {...plain}
          {...fieldOf(provider, "clientId", "As the provider gave it.")}
          label="Client ID"
          required
        />
        <Secret provider={provider} />
      </div>
      <TextField
        {...plain}
        {...fieldOf(
          provider,
          "scopes",
          "Separated by spaces. Take out groups where the provider does not know it.",
        )}
        label="Scopes"
      />
      <details className="rounded-lg border border-line px-4 py-2 open:pb-4">
        <summary className="min-h-6 cursor-pointer content-center text-sm font-medium">
          Addresses of our own, when they are not the usual ones
        </summary>
        <div className="mt-3 flex flex-col gap-4">
          <TextField
            {...plain}
            {...fieldOf(provider, "redirectUri", "Empty: the redirect URI above.")}
            label="Redirect URI"
            type="url"
          />
          <TextField
            {...plain}
            {...fieldOf(provider, "postLogoutUri", "Empty: our sign-in page.")}
            label="Post-logout redirect URI"
            type="url"
          />
        </div>
      </details>
    </>
  );
}

/** What is stored is never shown; what is typed replaces it. */
function Secret({ provider }: { provider: ProviderView }) {
  const from = provider.fixed.clientSecret;
  if (from)
    return (
      <TextField
        name="clientSecret"
        label="Client secret"
        defaultValue="Set"
        description={`from ${from}`}
        disabled
      />
    );
  return (
    <PasswordField
      // What was typed is gone from the page once it is stored.
      key={provider.version}
      name="clientSecret"
      label="Client secret"
      autoComplete="new-password"
      description={
        provider.secret === "Set"
          ? "Set. It is stored encrypted and not shown again; type another to replace it."
          : "Not set. It is stored encrypted and not shown again."
      }
    />
  );
}
