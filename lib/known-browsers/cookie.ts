/** How many accounts one browser is known to: a computer that several people share. */
const mostAccounts = 5;

/** As the session's: it has to come along when somebody comes back from an identity provider. */
export function browsersCookie(secure: boolean) {
  return {
    name: secure ? "__Host-bailiwick-device" : "bailiwick-device",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure, maxAge: lifetime },
  };
}

/** Seconds; the longest that browsers keep a cookie. The rows decide how long it is worth anything. */
const lifetime = 400 * 24 * 60 * 60;

/** The secrets in the cookie, one for each account; whatever else it says is dropped. */
export const secretsIn = (cookie: string | undefined): string[] =>
  (cookie ?? "")
    .split(".")
    .filter((secret) => /^[\w-]{43}$/.test(secret))
    .slice(0, mostAccounts);

/** The cookie's value with one more secret; the oldest makes room. */
export const withSecret = (secrets: readonly string[], secret: string): string =>
  [secret, ...secrets].slice(0, mostAccounts).join(".");
