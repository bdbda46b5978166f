import type { IncomingMessage, ServerResponse } from "node:http";

interface CookieOptions {
  httpOnly: boolean;
  sameSite: "lax" | "strict";
  path: string;
  secure: boolean;
  /** Seconds; 0 takes the cookie away. */
  maxAge: number;
}

/** The first of that name, as browsers send the most specific one first. Our values never need decoding. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** @param value base64url, with dots, or empty: nothing that would have to be escaped */
export function setCookie(
  response: ServerResponse,
  name: string,
  value: string,
  { httpOnly, sameSite, path, secure, maxAge }: CookieOptions,
): void {
  const same = sameSite === "lax" ? "Lax" : "Strict";
  const parts = [`${name}=${value}`, `Path=${path}`, `Max-Age=${maxAge}`, `SameSite=${same}`];
  if (httpOnly) parts.push("HttpOnly");
  if (secure) parts.push("Secure");
  response.appendHeader("set-cookie", parts.join("; "));
}
