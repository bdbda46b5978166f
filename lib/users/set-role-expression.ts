import { changeAssignments, lastingRows, ownRoleRefusal, throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { resolveExpression } from "#lib/role-expressions/index.ts";
import { newExpressionRole } from "#lib/roles/index.ts";
import { changeAccess } from "./change-access.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { roleExpressionSchema } from "./schema.ts";

/**
 * Gives somebody what a role expression says, and no more: its roles, and one role for its single permissions.
 * With an unknown entry they have no rights at all. It is kept as it was written.
 */
export const setRoleExpression = defineCommand({
  name: "set role expression of user",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: roleExpressionSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, expression, confirmed }) {
    const { tx, call } = context;
    const actor = requireUser(context.actor);
    const { access } = actor;
    const { roles, permissions, unknown } = resolveExpression(access, expression);
    const user = await findTarget(tx, id, context.at);
    throwIf(ownRoleRefusal(actor, id), "expression");
    if (permissions.length > 0)
      roles.push((await newExpressionRole(tx, access, permissions, { actor, at: call.at })).key);
    // The rules look at the role that was just made, too.
    const now = { ...context, actor: { ...actor, access: await currentPolicy(tx) } };
    const move = () => giveForGood(now, { userId: id, roles, confirmed });
    const { sessionsEnded } = await changeAccess(now, user, { move });
    await tx.user.update({ where: { id }, data: { roleExpression: expression }, select: { id: true } });
    const { username, roleExpression } = user;
    return {
      target: { kind: "user", id, name: username },
      before: {
        expression: roleExpression,
        roles: user.subject.assignments.map(({ role }) => role),
      },
      after: { expression, roles, unknown: unknown.map(({ entry }) => entry), sessionsEnded },
      result: { id, username, roles, unknown, sessionsEnded },
    };
  },
});

/** An expression says nothing of times and places: what was held within some is held without from now on. */
async function giveForGood(
  { tx, actor, call: { at } }: Context & { tx: Tx },
  { userId, roles, confirmed }: { userId: string; roles: readonly string[]; confirmed: readonly string[] },
): Promise<number> {
  const held = await lastingRows(tx, userId, at);
  const wanted = roles.map((role) => {
    const row = held.find((one) => one.role.key === role);
    return { role, ...(row && { id: row.id, reason: row.reason ?? undefined }) };
  });
  const field = { field: () => "expression", wholeField: "expression" };
  const moved = await changeAssignments(tx, { actor, at, userId, wanted, confirmed, ...field });
  return moved.added.length + moved.changed.length + moved.removed.length;
}
