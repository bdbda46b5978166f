const words: Record<string, string> = {
  local: "Given here",
  setup: "First account",
  "sign-up": "Self-registration",
  import: "Imported",
  elevation: "Temporary access",
  request: "Request granted",
};
const providers: Record<string, string> = {
  idp: "From the identity provider",
  scim: "From the identity provider, by SCIM",
};

/** Where an assignment came from and who gave it, in words. */
export function sourceWords({ source, givenBy }: { source: string; givenBy: string | null }): string {
  const provider = providers[source];
  if (provider) return givenBy ? `${provider}: ${givenBy}` : provider;
  const said = words[source] ?? source;
  return givenBy ? `${said} by ${givenBy}` : said;
}
