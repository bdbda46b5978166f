import { z } from "zod";
import { dangerOf, describeLimit, type EffectivePermission, effective } from "#lib/access/index.ts";
import { heldAt } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";

/** What whoever asks may do now, by group: each permission in full or with its limits in words. */
export const viewOwnAccess = defineQuery({
  name: "view own access",
  needs: "enrolling",
  input: z.object({}),
  async run({ reader, actor, at }) {
    if (actor.kind !== "user") throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
    const { policy, catalogue } = actor.access;
    const roles = await reader.role.findMany({
      where: { assignments: { some: { userId: actor.id, ...heldAt(new Date(at)) } } },
      select: { key: true, label: true, description: true },
      orderBy: [{ rank: "desc" }, { key: "asc" }],
    });
    const held = new Map(effective(policy, actor.subject, at).map((entry) => [entry.permission, entry]));
    const groups = catalogue.groups.map(({ key, label, risk }) => ({
      key,
      label,
      risk,
      permissions: catalogue.permissions
        .filter((permission) => permission.group === key && held.has(permission.key))
        .map((permission) => ({
          key: permission.key,
          label: permission.label,
          description: permission.description,
          limits: limitsOf(held.get(permission.key)).map((limit) =>
            describeLimit(limit, catalogue.attributes),
          ),
        })),
    }));
    return {
      username: actor.username,
      name: actor.name,
      email: actor.email,
      roles: roles.map((role) => ({
        ...role,
        dangerous: dangerOf(policy, catalogue, role.key) !== undefined,
      })),
      held: held.size,
      total: catalogue.permissions.length,
      groups: groups.filter(({ permissions }) => permissions.length > 0),
    };
  },
});

const limitsOf = (entry: EffectivePermission | undefined) =>
  entry?.effect === "limited" ? entry.limits : [];
