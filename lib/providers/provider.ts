import type { OidcSettings, Rule, SamlSettings } from "./schema.ts";

interface Common {
  slug: string;
  label: string;
  enabled: boolean;
  syncRoles: boolean;
  /** In order of precedence. */
  rules: Rule[];
  /** Of the row; 0 while the environment alone makes this provider. */
  version: number;
  /** What the environment says and nobody changes here: the variable's name, by field. */
  fixed: Readonly<Record<string, string>>;
}

export interface OidcProvider extends Common {
  kind: "oidc";
  settings: OidcSettings;
  /** In clear: for the exchange with the provider alone, never for a screen. */
  clientSecret: string | undefined;
}

export interface SamlProvider extends Common {
  kind: "saml";
  settings: SamlSettings;
}

/** A provider as it counts now: its row, with what the environment says laid over it. */
export type Provider = OidcProvider | SamlProvider;
