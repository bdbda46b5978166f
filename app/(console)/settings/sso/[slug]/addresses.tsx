import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ProviderView } from "#lib/sso/index.ts";
import { Section } from "./section.tsx";

/** What is copied to the provider: text that can be selected, with a button beside it. */
export function Addresses({ provider }: { provider: ProviderView }) {
  return (
    <Section
      id="addresses"
      first
      title="Copy to the provider"
      description={
        provider.kind === "oidc"
          ? "Register the console there as a confidential web application with the authorization code flow and PKCE."
          : "Register the console there as a SAML 2.0 application with signed assertions."
      }
    >
      <dl className="divide-y divide-line rounded-xl border border-line bg-surface">
        {provider.addresses.map(({ label, value, note, from }) => (
          <div key={label} className="px-4 py-3">
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-sm font-medium">{label}</span>
              <span className="text-xs text-mute">{from ? `from ${from}` : note}</span>
            </dt>
            <dd className="mt-1 flex items-center gap-2">
              <code className="min-w-0 grow rounded-md bg-sunken px-2 py-1.5 font-mono text-xs wrap-anywhere select-all">
                {value}
              </code>
              <CopyButton value={value} label={`Copy ${label}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
