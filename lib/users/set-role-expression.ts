import { ownRoleRefusal, throwIf } from "#lib/assignments/index.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
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
    const user = await findTarget(tx, id);
    throwIf(ownRoleRefusal(actor, id), "expression");
    if (permissions.length > 0)
      roles.push((await newExpressionRole(tx, access, permissions, { actor, at: call.at })).key);
    // The rules look at the role that was just made, too.
    const now = { ...context, actor: { ...actor, access: await access.current(tx) } };
    const { sessionsEnded } = await changeAccess(now, user, { roles, confirmed });
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
