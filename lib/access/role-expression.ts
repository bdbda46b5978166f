import type { Catalogue } from "./catalogue.ts";
import { nearest } from "./nearest.ts";

/** What an expression may name: a catalogue, or the roles and permissions that there are now. */
export interface Expressible {
  roles: readonly { key: string }[];
  aliases: Catalogue["aliases"];
  permissions: readonly { key: string }[];
}

/** One entry, as it is written and where: `position` counts entries from 1, `offset` characters from 0. */
export interface ExpressionEntry {
  entry: string;
  position: number;
  offset: number;
}

export interface UnknownEntry extends ExpressionEntry {
  suggestion?: string | undefined;
}

export interface KnownEntry extends ExpressionEntry {
  /** As the catalogue spells it. */
  key: string;
  /** Absent for a role. */
  permissions?: readonly string[] | undefined;
}

export interface RoleExpression {
  /** Each once, in the order of the expression. Both lists are empty if any entry is unknown. */
  roles: string[];
  /** Aliases stand for theirs; what is implied is left to the policy. */
  permissions: string[];
  known: KnownEntry[];
  unknown: UnknownEntry[];
}

/** The exact spelling first; one that differs in case counts if it is the only one. */
function spelled<T extends { key: string }>(items: readonly T[], entry: string): T | undefined {
  const alike = items.filter(({ key }) => key.toLowerCase() === entry.toLowerCase());
  return alike.find(({ key }) => key === entry) ?? (alike.length === 1 ? alike[0] : undefined);
}

function meaningOf(entry: string, { roles, aliases, permissions }: Expressible) {
  const role = spelled(roles, entry);
  if (role) return { key: role.key };
  // An alias may share the name of a permission, and is what an expression then means.
  const alias = spelled(aliases, entry);
  if (alias) return { key: alias.key, permissions: alias.permissions };
  const permission = spelled(permissions, entry);
  return permission && { key: permission.key, permissions: [permission.key] };
}

function entriesOf(text: string): ExpressionEntry[] {
  const entries: ExpressionEntry[] = [];
  let begin = 0;
  text.split(",").forEach((written, index) => {
    const lead = written.length - written.trimStart().length;
    entries.push({ entry: written.trim(), position: index + 1, offset: begin + lead });
    begin += written.length + 1;
  });
  while (entries.at(-1)?.entry === "") entries.pop();
  return entries;
}

/**
 * Reads a comma-separated list of roles, permissions and aliases, as Rudder's users file has it: space around an entry and
 * its case do not count, nor do commas at the end.
 * One unknown entry (an empty one in between is unknown too) leaves nothing at all: whoever misspelt it meant something else.
 */
export function parseRoleExpression(text: string, expressible: Expressible): RoleExpression {
  const known: KnownEntry[] = [];
  const unknown: UnknownEntry[] = [];
  for (const written of entriesOf(text)) {
    const meaning = meaningOf(written.entry, expressible);
    if (meaning) known.push({ ...written, ...meaning });
    else unknown.push({ ...written, suggestion: suggestionFor(written.entry, expressible) });
  }
  const counted = unknown.length === 0 ? known : [];
  const roles = counted.filter(({ permissions }) => permissions === undefined).map(({ key }) => key);
  const permissions = counted.flatMap((entry) => entry.permissions ?? []);
  return { roles: [...new Set(roles)], permissions: [...new Set(permissions)], known, unknown };
}

function suggestionFor(entry: string, { roles, aliases, permissions }: Expressible): string | undefined {
  if (entry === "") return undefined;
  return nearest(entry, [...new Set([...roles, ...aliases, ...permissions].map(({ key }) => key))]);
}
