const methods: Record<string, string> = {
  password: "Password",
  passkey: "Passkey",
  oidc: "Single sign-on",
  saml: "Single sign-on (SAML)",
};

const factors: Record<string, string> = {
  totp: "authenticator app",
  recovery_code: "recovery code",
  passkey: "passkey",
  trusted_device: "trusted device",
};

/** How somebody signed in: "Password and authenticator app". */
export function signInWords(method: string, factor: string | null): string {
  const first = methods[method] ?? method;
  return factor ? `${first} and ${factors[factor] ?? factor}` : first;
}
