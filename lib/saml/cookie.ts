/** Ties a sign-in to the browser that began it. Lax: it has to come along when the provider's answer leads back here. */
export function samlCookie(secure: boolean) {
  return {
    name: secure ? "__Host-bailiwick-saml" : "bailiwick-saml",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}
