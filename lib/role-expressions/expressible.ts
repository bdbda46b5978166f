import {
  type Expressible,
  parseRoleExpression,
  type RoleExpression,
  type UnknownEntry,
} from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { isExpressionRole } from "#lib/roles/index.ts";

/** What an expression may name: every role but those that expressions made, and what the catalogue has. */
function expressibleOf({ policy, catalogue }: ActivePolicy): Expressible {
  const roles = [...policy.roles.keys()].filter((key) => !isExpressionRole(key)).map((key) => ({ key }));
  return { roles, aliases: catalogue.aliases, permissions: catalogue.permissions };
}

export const readExpression = (access: ActivePolicy, text: string): RoleExpression =>
  parseRoleExpression(text, expressibleOf(access));

/** What nobody can make sense of in an expression as it is stored. */
export const unknownEntries = (access: ActivePolicy, stored: string | null): UnknownEntry[] =>
  stored === null || !access.catalogue.roleExpressions ? [] : readExpression(access, stored).unknown;

const quoted = (entry: string) => (entry === "" ? "nothing between two commas" : `"${entry}"`);

/** `"node_reed" (entry 2; did you mean node_read?)` */
export function unknownWords(unknown: readonly UnknownEntry[]): string {
  return unknown
    .map(({ entry, position, suggestion }) => {
      const meant = suggestion ? `; did you mean ${suggestion}?` : "";
      return `${quoted(entry)} (entry ${position}${meant})`;
    })
    .join(", ");
}
