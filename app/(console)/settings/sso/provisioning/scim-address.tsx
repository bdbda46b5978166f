import { CopyButton } from "#components/ui/copy-button.tsx";

/** What is copied to the provider, beside a token. */
export function ScimAddress({ base }: { base: string }) {
  return (
    <section
      aria-labelledby="address"
      className="max-w-3xl rounded-xl border border-line bg-surface px-4 py-3"
    >
      <h2 id="address" className="text-sm font-medium">
        Address to copy to the provider
      </h2>
      <p className="text-xs text-mute">
        Okta calls it the SCIM connector base URL, with userName as the unique identifier and an HTTP header
        as the way to sign in. Entra calls it the tenant URL, and the token the secret token.
      </p>
      <div className="mt-2 flex items-center gap-2">
        <code className="min-w-0 grow rounded-md bg-sunken px-2 py-1.5 font-mono text-xs wrap-anywhere select-all">
          {base}
        </code>
        <CopyButton value={base} label="Copy the address" />
      </div>
    </section>
  );
}
