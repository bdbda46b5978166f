/** Over TLS the browser itself guarantees that only this host set it, for every path. */
export function sessionCookie(secure: boolean) {
  return {
    name: secure ? "__Host-bailiwick-session" : "bailiwick-session",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}

/** Seconds; longer than any session may live, because the row decides when it is over. */
export const cookieLifetime = 31 * 24 * 60 * 60;
