import {
  keepingAdministrators,
  loadSubject,
  ownDeactivationRefusal,
  replaceRoles,
  throwIf,
  userRankRefusal,
} from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { endSessionsOf } from "#lib/sessions/index.ts";
import { editConflict } from "./edit-conflict.ts";
import { identityColumns, refuseTaken, takenMeanwhile } from "./records.ts";
import { updateUserSchema } from "./schema.ts";
import { type ShutOut, shutOut } from "./shut-out.ts";

/** Name, email, roles and whether they may sign in. A change of roles, and deactivation, end every session of the user. */
export const updateUser = defineCommand({
  name: "edit user",
  needs: "manageUsers",
  changesAccess: true,
  input: updateUserSchema,
  about: (input) => ({ kind: "user", id: input.id, name: input.email }),
  async run(context, { id, roles, active, version, confirmed, ...names }) {
    const { tx, call, actor, at } = context;
    const before = await loadEdited(tx, id, version);
    const subject = await loadSubject(tx, before);
    throwIf(userRankRefusal(actor, { name: before.username, subject }, at));
    if (!active && before.active) throwIf(ownDeactivationRefusal(actor, id), "active");

    const identity = { ...names, username: before.username };
    await refuseTaken(tx, identity, id);
    const changed = await keepingAdministrators(tx, call.at, active ? "demote" : "deactivate", async () => {
      const data = { ...identityColumns(identity), active, version: { increment: 1 }, updatedAt: call.at };
      await tx.user.update({ where: { id }, data, select: { id: true } }).catch(takenMeanwhile);
      return replaceRoles(tx, { actor, at: call.at, userId: id, roles, confirmed });
    });
    const moved = normaliseKey(identity.email) !== normaliseKey(before.email);
    if (moved) await spendResetLinks(tx, id);
    const ended = await endAffectedSessions(
      context,
      id,
      before.active && !active,
      changed.added.length + changed.removed.length > 0,
    );
    const { version: _, assignments, ...was } = before;
    return {
      target: { kind: "user", id, name: before.username },
      before: { ...was, roles: assignments.map(({ role }) => role.key) },
      after: { id, ...identity, active, roles, ...ended },
      result: { id, username: before.username, ...ended },
      afterwards: moved ? protectionNotice(call, before, addressMoved) : undefined,
    };
  },
});

async function loadEdited(tx: Tx, id: string, version: number) {
  const user = await tx.user.findUnique({
    where: { id },
    select: {
      id: true,
      username: true,
      email: true,
      givenName: true,
      familyName: true,
      active: true,
      version: true,
      assignments: { select: { role: { select: { key: true } } } },
    },
  });
  if (!user)
    throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
  if (user.version !== version) throw await editConflict(tx, user);
  return user;
}

async function endAffectedSessions(
  { tx, call }: Context & { tx: Tx },
  id: string,
  stopped: boolean,
  moved: boolean,
): Promise<ShutOut> {
  if (stopped) return shutOut(tx, id, "account deactivated", call);
  const sessionsEnded = moved ? await endSessionsOf(tx, id, "roles changed", call) : 0;
  return { sessionsEnded, devicesForgotten: 0 };
}
