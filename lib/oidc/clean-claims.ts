import type { Claims } from "#lib/providers/index.ts";

/** Claims of the token itself and of how it was carried, which say nothing about the person. */
const technical = new Set([
  ...["iss", "aud", "exp", "iat", "nbf", "jti", "azp", "nonce", "sid", "typ", "at_hash", "c_hash", "s_hash"],
  ...["auth_time", "session_state", "rat", "uti", "aio", "rh"],
]);

/** Deeper than any provider nests: what lies beneath is left out. */
const deepest = 12;

/** What the claims say about the person, in values that can be stored: no NUL, nothing without an end. */
export function cleanClaims(claims: Claims): Record<string, unknown> {
  const entries = Object.entries(claims).filter(([name]) => !technical.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [withoutNul(name), clean(value, 1)]));
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return withoutNul(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [withoutNul(name), clean(one, depth + 1)]),
  );
}

const withoutNul = (text: string) => text.replaceAll("\0", "");
