import type { ReactNode } from "react";

const steps = [
  ["Name it", "Paste the issuer's address. The console asks the provider for everything else."],
  ["Connect it", "Copy three addresses there, and the client ID and secret from there."],
  ["Try it", "Sign in once to look: nobody is signed in, and you see every claim that the provider sends."],
  ["Map it", "Press a claim to make a rule of it, and see who would gain and lose before anybody does."],
  ["Switch it on", "Until then nothing changes for anybody."],
] as const;

/** No provider yet: what setting one up takes. */
export function NothingYet({ add }: { add: ReactNode }) {
  return (
    <section
      aria-labelledby="nothing-yet"
      className="max-w-3xl rounded-xl border border-line bg-surface p-5 sm:p-8"
    >
      <h2 id="nothing-yet" className="text-lg font-semibold">
        No identity provider yet
      </h2>
      <p className="mt-1 max-w-prose text-soft">
        Entra ID, Okta, Keycloak, Google, authentik and every other that speaks OpenID Connect or SAML 2.0. It
        takes some ten minutes:
      </p>
      <ol className="my-5 grid gap-4">
        {steps.map(([title, text], index) => (
          <li key={title} className="flex gap-3">
            <span
              aria-hidden
              className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-wash text-xs font-semibold text-accent"
            >
              {index + 1}
            </span>
            <span>
              <span className="block font-medium">{title}</span>
              <span className="block text-sm text-soft">{text}</span>
            </span>
          </li>
        ))}
      </ol>
      {add}
    </section>
  );
}
