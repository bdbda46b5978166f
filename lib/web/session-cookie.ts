/** Over TLS the browser itself guarantees that only this host set it, for every path. */
export function sessionCookie(secure: boolean) {
  return {
    name: secure ? "__Host-bailiwick-session" : "bailiwick-session",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}
