import type { Catalogue } from "#lib/access/index.ts";
import { day } from "./people.ts";
import type { Random } from "./random.ts";
import { type DemoLimits, demoLimits } from "./role-limits.ts";

export interface DemoRole {
  id: string;
  key: string;
  label: string;
  description: string;
  grants: string[];
  /** Of all its grants, and its hours; undefined: none. */
  limited: DemoLimits | undefined;
  createdAt: Date;
  /** Grants as they were before each edit, oldest first. */
  edits: { at: Date; before: string[]; after: string[] }[];
}

type Permission = Catalogue["permissions"][number];
const looks = ({ key, label }: Permission) => /view|read|list|see\b/i.test(`${key} ${label}`);

const wishes: {
  words: string[];
  description: string;
  /** Looks after one part of the data, where data can be told apart. */
  limited?: boolean;
  takes: (permission: Permission, risk: string) => boolean;
}[] = [
  {
    words: ["service", "desk"],
    description: "First line of support: looks at everything that is monitored and handles the everyday.",
    limited: true,
    takes: (permission, risk) => risk === "low" || (risk === "medium" && !looks(permission)),
  },
  {
    words: ["night", "watch"],
    description: "Keeps things running outside office hours.",
    takes: (permission, risk) => risk !== "high" || looks(permission),
  },
  {
    words: ["external", "audit"],
    description: "The auditors of the yearly review. Looks, never touches.",
    takes: (permission) => looks(permission),
  },
];

/** Roles that an administrator made, where the catalogue lets them; nothing dangerous is in them. */
export function drawCustomRoles(random: Random, catalogue: Catalogue, at: Date): DemoRole[] {
  if (!catalogue.customRoles.enabled) return [];
  const riskOf = new Map(catalogue.groups.map(({ key, risk }) => [key, risk]));
  return wishes.flatMap(({ words, description, takes, limited }, index) => {
    const key = freeKey(words, catalogue);
    const grants = catalogue.permissions
      .filter(
        (permission) => !permission.dangerous && takes(permission, riskOf.get(permission.group) ?? "medium"),
      )
      .map((permission) => permission.key)
      .slice(0, 60)
      .sort();
    if (!key || grants.length < 3) return [];
    const createdAt = new Date(at.getTime() - (310 - index * 70 - random.next()) * day);
    const label = [words[0]?.replace(/^./, (letter) => letter.toUpperCase()), ...words.slice(1)].join(" ");
    const edits = editsOf(random, grants, createdAt, at);
    const reach = limited ? demoLimits(catalogue) : undefined;
    return [{ id: random.id(createdAt), key, label, description, grants, limited: reach, createdAt, edits }];
  });
}

/** The name in the first spelling that the catalogue accepts and no role has. */
function freeKey(words: readonly string[], { customRoles, roles }: Catalogue): string | undefined {
  const taken = new Set(
    [...customRoles.reserved, ...roles.map(({ key }) => key)].map((key) => key.toLowerCase()),
  );
  const pattern = new RegExp(customRoles.keyPattern, "u");
  return ["_", "-", ""].map((glue) => words.join(glue)).find((key) => pattern.test(key) && !taken.has(key));
}

/** Each edit gave one permission that the role lacked until then. */
function editsOf(random: Random, grants: readonly string[], createdAt: Date, at: Date): DemoRole["edits"] {
  const count = Math.min(2, grants.length - 2);
  const late = Array.from({ length: count }, () => random.next()).sort();
  const given = grants.slice(grants.length - count);
  return late.map((fraction, index) => {
    const missing = given.slice(index);
    const before = grants.filter((key) => !missing.includes(key));
    const after = grants.filter((key) => !missing.slice(1).includes(key));
    const span = at.getTime() - day - createdAt.getTime();
    return { at: new Date(createdAt.getTime() + (0.1 + fraction * 0.85) * span), before, after };
  });
}
