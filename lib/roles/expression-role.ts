import { createHash } from "node:crypto";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { policyChanged } from "#lib/policy/index.ts";

/** No role that somebody names begins so: neither keys of a catalogue nor names of custom roles hold a colon here. */
export const prefix = "expression:";
const longest = 100;

export const isExpressionRole = (key: string): boolean => key.startsWith(prefix);

/** How the role is called that gives exactly these permissions: the same ones, whatever their order, are the same role. */
export function expressionRole(
  { catalogue }: Pick<ActivePolicy, "catalogue">,
  permissions: readonly string[],
) {
  const grants = catalogue.permissions.map(({ key }) => key).filter((key) => permissions.includes(key));
  const list = grants.join("+");
  const short = prefix + list;
  const digest = createHash("sha256").update(list).digest("hex").slice(0, 40);
  const [first = "", ...others] = grants;
  return {
    key: short.length <= longest ? short : prefix + digest,
    label: others.length < 3 ? grants.join(", ") : `${first} and ${others.length} more`,
    grants,
  };
}

/** Makes the custom role of single permissions of an expression, unless it is there. The caller holds the access lock. */
export async function newExpressionRole(
  tx: Tx,
  access: ActivePolicy,
  permissions: readonly string[],
  { actor, at }: { actor: Actor; at: Date },
): Promise<{ key: string; made: boolean }> {
  const { key, label, grants } = expressionRole(access, permissions);
  if (await tx.role.findUnique({ where: { key }, select: { id: true } })) return { key, made: false };
  await tx.role.create({
    data: {
      id: newId(at.getTime()),
      key,
      label: label.slice(0, longest),
      description: "Made from a role expression.",
      rank: access.catalogue.customRoles.rank,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.kind === "user" ? actor.username : null,
      grants: { create: grants.map((permissionKey) => ({ permissionKey })) },
    },
    select: { id: true },
  });
  await policyChanged(tx);
  return { key, made: true };
}
