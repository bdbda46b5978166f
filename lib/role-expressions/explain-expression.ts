import { dangersAdded, explainRoleExpression, givenBy, type UnknownEntry } from "#lib/access/index.ts";
import { dangerWords, lastingRows } from "#lib/assignments/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { policySource } from "#lib/policy/index.ts";
import { expressionRole } from "#lib/roles/index.ts";
import { readExpression } from "./expressible.ts";
import { resolveExpression } from "./resolve.ts";
import { explainExpressionSchema } from "./schema.ts";

export interface ExpressionPreview extends Record<string, unknown> {
  entries: {
    entry: string;
    position: number;
    /** A role, or a permission or an alias for several. */
    kind: "role" | "permission" | "alias";
    /** Labels of the permissions that the entries before it do not give. */
    adds: string[];
    /** It takes every right away, whatever the others give. */
    blocks: boolean;
  }[];
  unknown: UnknownEntry[];
  /** Labels: all that it comes to, and what that changes for the user. */
  rights: string[];
  gained: string[];
  lost: string[];
  /** What saving gives anew and has to be confirmed for; the keys are what is sent. */
  dangers: { key: string; label: string; danger: string }[];
}

/** What an expression would mean, entry by entry, before anybody has it. */
export const explainExpression = defineQuery({
  name: "explain role expression",
  needs: ["viewUsers", "viewRoles"],
  input: explainExpressionSchema,
  async run({ reader, actor, at }, { id, expression }): Promise<ExpressionPreview> {
    const { access } = requireUser(actor);
    const empty = { entries: [], unknown: [], rights: [], gained: [], lost: [], dangers: [] };
    const read = readExpression(access, expression);
    if (read.known.length + read.unknown.length === 0) return empty;
    const explained = explainRoleExpression(read, await policySource(reader, access.catalogue));
    const held = id ? await lastingRows(reader, id, new Date(at)) : [];
    const before = rightsOf(
      access,
      held.map(({ role }) => role.key),
    );
    const { rights } = explained;
    const named = labelsOf(access);
    return {
      entries: explained.entries.map(({ entry, position, permissions, adds, blocks }) => ({
        entry,
        position,
        kind: kindOf(permissions),
        adds: named((key) => adds.includes(key)),
        blocks,
      })),
      unknown: explained.unknown,
      rights: named((key) => rights.has(key)),
      gained: named((key) => rights.has(key) && !before.has(key)),
      lost: named((key) => before.has(key) && !rights.has(key)),
      dangers: dangersOf(access, expression, heldForGood(held)),
    };
  },
});

function kindOf(permissions: readonly string[] | undefined) {
  if (!permissions) return "role";
  return permissions.length === 1 ? "permission" : "alias";
}

/** What is held within times or places is given anew: without them. */
const heldForGood = (held: Awaited<ReturnType<typeof lastingRows>>): string[] =>
  held
    .filter(({ startsAt, endsAt, window, organizationId, teamId }) =>
      [startsAt, endsAt, window, organizationId, teamId].every((limit) => limit === null),
    )
    .map(({ role }) => role.key);

/** A permission that is limited, or given at some hours, counts as given. */
function rightsOf({ policy }: ActivePolicy, roles: readonly string[]): Set<string> {
  const blocked = roles.some((key) => policy.roles.get(key)?.blocks);
  return new Set(blocked ? [] : roles.flatMap((key) => [...givenBy(policy, key).keys()]));
}

const labelsOf =
  ({ catalogue }: ActivePolicy) =>
  (wanted: (key: string) => boolean): string[] =>
    catalogue.permissions.filter(({ key }) => wanted(key)).map(({ label }) => label);

function dangersOf(access: ActivePolicy, expression: string, held: readonly string[]) {
  const { roles, permissions } = resolveExpression(access, expression);
  const dangers: ExpressionPreview["dangers"] = [];
  for (const key of roles.filter((role) => !held.includes(role))) {
    const danger = dangerWords(access, key);
    if (danger)
      dangers.push({
        key,
        label: access.catalogue.roles.find((role) => role.key === key)?.label ?? key,
        danger,
      });
  }
  const made = expressionRole(access, permissions);
  if (permissions.length === 0 || held.includes(made.key)) return dangers;
  const { policy, catalogue } = access;
  const named = dangersAdded(policy, catalogue, undefined, permissions).map((one) =>
    catalogue.permissions.find(({ key }) => key === one),
  );
  const danger = named.map((one) => `${one?.label}: ${one?.description || "dangerous."}`).join(" ");
  return danger ? [...dangers, { key: made.key, label: made.label, danger }] : dangers;
}
