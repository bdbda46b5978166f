import type { Claims } from "#lib/providers/index.ts";

/** A claim as a table shows it: nested ones under their path. */
export interface ClaimRow {
  path: string;
  values: string[];
  /** A rule can be made of it: it tells what somebody belongs to, not how the token was made. */
  telling: boolean;
}

/** What a token says of itself, and of who somebody is: no rule is made of these. */
const technical = new Set([
  ...["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "sid", "at_hash", "c_hash", "s_hash"],
  ...["auth_time", "uti", "rh", "ver", "aio", "sub_jwk", "updated_at", "_claim_names", "_claim_sources"],
]);

/** Groups and the like first, as they are what rules are made of; what is technical last. */
export function claimRows(claims: Claims): ClaimRow[] {
  const rows = Object.entries(claims).flatMap(([name, value]) => rowsOf(name, value, !technical.has(name)));
  const order = (row: ClaimRow) => (row.telling ? (/group|role|member/i.test(row.path) ? 0 : 1) : 2);
  return rows.sort((one, other) => order(one) - order(other));
}

function rowsOf(path: string, value: unknown, telling: boolean): ClaimRow[] {
  if (Array.isArray(value)) return [{ path, values: value.map(textOf), telling }];
  if (typeof value !== "object" || value === null) return [{ path, values: [textOf(value)], telling }];
  return Object.entries(value).flatMap(([name, inner]) => rowsOf(`${path}.${name}`, inner, telling));
}

/** An object in a list is a group with an id and a name: the id is what stays when it is renamed. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { id, name, value: scim, display, displayName } = value as Record<string, unknown>;
  const found = [id, scim, name, display, displayName].find((one) => typeof one === "string");
  return typeof found === "string" ? found : JSON.stringify(value);
}
