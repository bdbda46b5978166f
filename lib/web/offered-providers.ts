import { samlPaths } from "#lib/saml/index.ts";

interface Listed {
  slug: string;
  kind: "oidc" | "saml";
  buttonText: string;
}

/** As the buttons take them: a sign-in through SAML starts at an address of its own. */
export const offeredProviders = (providers: readonly Listed[], next: string) =>
  providers.map(({ slug, kind, buttonText }) => ({
    slug,
    kind,
    buttonText,
    href: kind === "saml" ? `${samlPaths(slug).start}?${new URLSearchParams({ next })}` : undefined,
  }));
