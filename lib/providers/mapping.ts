import type { Rule } from "./schema.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** Why a provider's word is not read: roles stay as they are, and the sync says so. */
export type Unread = "claim_missing" | "overage" | "userinfo_failed";

export type Mapping =
  | { kind: "roles"; roles: string[]; by: Rule[] }
  | { kind: "unread"; why: Unread; claim?: string };

export interface MappingRules {
  rules: readonly Rule[];
  /** For whoever no rule fits. */
  defaultRole: string | undefined;
  assignment: "single" | "multiple";
}

/**
 * Which roles somebody's claims make. With single assignment the first rule that fits gives the role, with several
 * all that fit do; where none fits it is the default role.
 * A claim that is not there is never read as empty: whoever lost a claim would lose their roles by accident.
 */
export function rolesFrom({ rules, defaultRole, assignment }: MappingRules, claims: Claims): Mapping {
  for (const claim of new Set(rules.map((rule) => rule.claim))) {
    if (valuesAt(claims, claim) !== undefined) continue;
    return { kind: "unread", why: isOverage(claims, claim) ? "overage" : "claim_missing", claim };
  }
  const fitting = rules.filter((rule) => valuesAt(claims, rule.claim)?.includes(normal(rule.value)));
  const by = assignment === "single" ? fitting.slice(0, 1) : fitting;
  const roles = [...new Set(by.map(({ role }) => role))];
  if (roles.length === 0 && defaultRole !== undefined) roles.push(defaultRole);
  return { kind: "roles", roles, by };
}

const normal = (value: string) => value.normalize("NFKC").trim().toLowerCase();

/** The claim's values, compared in any case; undefined when the claim is absent or of no shape that can be read. */
export function valuesAt(claims: Claims, path: string): string[] | undefined {
  const found = claimAt(claims, path);
  const list = Array.isArray(found) ? found : [found];
  const values = list.map(namesOf);
  if (values.some((names) => names === undefined)) return undefined;
  return values.flatMap((names) => names ?? []).map(normal);
}

/** A group is written as its name, its id, or as an object with both. */
function namesOf(value: unknown): string[] | undefined {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (typeof value !== "object" || value === null) return undefined;
  const { id, name, value: scim, display, displayName } = value as Record<string, unknown>;
  const names = [id, name, scim, display, displayName].filter((one) => typeof one === "string");
  return names.length > 0 ? names : undefined;
}

/** A name that holds dots itself, such as an address, is tried whole before it is taken apart. */
function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return undefined;
  const here = Object.hasOwn(claims, path) ? (claims as Record<string, unknown>)[path] : undefined;
  if (here !== undefined) return here;
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(claims, head)) continue;
    const found = claimAt((claims as Record<string, unknown>)[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Somebody in too many groups: Entra leaves the claim out and says where else to ask. */
function isOverage(claims: Claims, claim: string): boolean {
  const names = claims._claim_names;
  const elsewhere = typeof names === "object" && names !== null && Object.hasOwn(names, claim);
  return elsewhere || (claim === "groups" && (claims.hasgroups === true || claims.hasgroups === "true"));
}
