import { CheckboxField } from "#components/form/checkbox-field.tsx";
import { TextField } from "#components/form/text-field.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { boxOf, fieldOf } from "./field-of.ts";

const attributes = [
  ["emailAttribute", "Email address"],
  ["usernameAttribute", "Username"],
  ["givenNameAttribute", "First name"],
  ["familyNameAttribute", "Last name"],
] as const;

/** How the console reaches a SAML identity provider, and where it finds people's names. */
export function SamlFields({ provider }: { provider: ProviderView }) {
  const plain = { autoComplete: "off", spellCheck: false } as const;
  const { certificates } = provider.settings;
  // Until they are there the metadata may bring them.
  const required = provider.settings.entityId !== undefined;
  const stored = Array.isArray(certificates) ? certificates.join("\n") : "";
  return (
    <>
      <TextField
        {...plain}
        name="metadata"
        label="Metadata of the provider"
        description="Paste the XML that it offers: saving reads entity ID, sign-in address and certificates out of it. Or fill in these three yourself."
        rows={3}
      />
      <TextField
        {...plain}
        {...fieldOf(provider, "entityId")}
        label="Entity ID of the provider"
        required={required}
      />
      <TextField
        {...plain}
        {...fieldOf(provider, "ssoUrl", "Where people are sent to sign in (HTTP-Redirect).")}
        label="Sign-in address"
        type="url"
        required={required}
      />
      <TextField
        {...plain}
        name="certificates"
        label="Signing certificates"
        description="PEM, one after the other while the provider changes keys. Assertions that none of them signed are refused."
        defaultValue={stored}
        rows={6}
        required={required}
      />
      <CheckboxField
        {...boxOf(provider, "allowIdpInitiated")}
        label="Allow sign-in that starts at the provider"
        description="Off by default: an answer that nobody asked for can be somebody else's."
      />
      <details className="rounded-lg border border-line px-4 py-2 open:pb-4">
        <summary className="min-h-6 cursor-pointer content-center text-sm font-medium">
          Attributes with people's names, when they are not the usual ones
        </summary>
        <div className="mt-3 grid items-start gap-4 sm:grid-cols-2">
          {attributes.map(([name, label]) => (
            <TextField key={name} {...plain} {...fieldOf(provider, name)} label={label} />
          ))}
        </div>
      </details>
    </>
  );
}
