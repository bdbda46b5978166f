import { lastingRows, loadSubject, throwIf } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { changeAccess } from "./change-access.ts";
import { editConflict } from "./edit-conflict.ts";
import { identityColumns, refuseTaken, takenMeanwhile } from "./records.ts";
import { changeRefusal, type RuledUser } from "./rules.ts";
import { updateUserSchema } from "./schema.ts";
import type { ShutOut } from "./shut-out.ts";

/**
 * Name, email, roles and whether they may sign in. A change of roles, and deactivation, end every session of the user.
 * Where roles and sign-in stay as they are, nobody's access changes and nobody has to wait for it.
 */
export const updateUser = defineCommand({
  name: "edit user",
  needs: "manageUsers",
  refusedUnderSync: true,
  input: updateUserSchema,
  about: (input) => ({ kind: "user", id: input.id, name: input.email }),
  async prepare({ reader, call }, { id, roles, active }) {
    const user = await reader.user.findUnique({ where: { id }, select: { active: true } });
    const held = (await lastingRows(reader, id, call.at)).map(({ role }) => role.key);
    const wanted = new Set(roles);
    const same = held.every((role) => wanted.has(role)) && wanted.size === new Set(held).size;
    return { identityOnly: same && user?.active === active };
  },
  changesAccess: ({ identityOnly }) => !identityOnly,
  async run(context, { id, roles, active, version, confirmed, ...names }, { identityOnly }) {
    const { tx, call } = context;
    const before = await loadEdited(tx, id, version);
    const held = await lastingRows(tx, id, context.call.at);
    const identity = { ...names, username: before.username };
    const moved = normaliseKey(identity.email) !== normaliseKey(before.email);
    const columns = async () => {
      await refuseTaken(tx, identity, id);
      return { ...identityColumns(identity), ...(moved && { emailUnproven: false }) };
    };
    const user = { name: before.username, active: before.active, subject: await loadSubject(tx, before) };
    const ended = identityOnly
      ? await changeIdentity(context, { ...user, version }, columns)
      : await changeAccess(context, user, { active, roles, confirmed, columns });
    if (moved) await spendResetLinks(tx, id);
    const { version: _, ...was } = before;
    return {
      target: { kind: "user", id, name: before.username },
      before: { ...was, roles: held.map(({ role }) => role.key) },
      after: { id, ...identity, active, roles, ...ended },
      result: { id, username: before.username, ...ended },
      afterwards: moved ? protectionNotice(call, before, addressMoved) : undefined,
    };
  },
});

/** Without the access lock: whoever changed their access meanwhile raised the version. */
async function changeIdentity(
  { tx, call, actor, at }: Context & { tx: Tx },
  user: RuledUser & { version: number },
  columns: () => Promise<Partial<ReturnType<typeof identityColumns>>>,
): Promise<ShutOut> {
  throwIf(changeRefusal(actor, user, user.active, at));
  const { version } = user;
  const { id } = user.subject;
  const data = { ...(await columns()), version: { increment: 1 }, updatedAt: call.at };
  const { count } = await tx.user.updateMany({ where: { id, version }, data }).catch(takenMeanwhile);
  if (count === 0) await loadEdited(tx, id, version);
  return { sessionsEnded: 0, devicesForgotten: 0 };
}

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
    },
  });
  if (!user)
    throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
  if (user.version !== version) throw await editConflict(tx, user);
  return user;
}
