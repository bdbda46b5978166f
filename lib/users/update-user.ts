import { z } from "zod";
import { lastingRows, loadSubject } from "#lib/assignments/index.ts";
import { needAccess, type Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { sameMembers } from "#lib/kernel/same-members.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { changeAccess } from "./change-access.ts";
import { editConflict } from "./edit-conflict.ts";
import { identityColumns, refuseTaken } from "./records.ts";
import { updateUserSchema } from "./schema.ts";

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
  changesAccess: "sometimes",
  async run(context, { id, roles, active, version, confirmed, ...names }) {
    const { tx, call } = context;
    const before = await loadEdited(tx, id, version);
    const held = await lastingRows(tx, id, call.at);
    const same = sameMembers(
      held.map(({ role }) => role.key),
      roles,
    );
    if (!same || active !== before.active) needAccess(tx);
    const identity = { ...names, username: before.username };
    const moved = normaliseKey(identity.email) !== normaliseKey(before.email);
    const columns = async () => {
      await refuseTaken(tx, identity, id);
      return { ...identityColumns(identity), ...(moved && { emailUnproven: false }) };
    };
    const user = {
      name: before.username,
      active: before.active,
      subject: await loadSubject(tx, before, context.at),
    };
    const ended = await changeAccess(context, user, {
      active,
      ...(!same && { roles, confirmed }),
      columns,
    });
    if (moved) await spendResetLinks(tx, id);
    const { version: _, ...was } = before;
    return {
      target: { kind: "user", id, name: before.username },
      before: { ...was, roles: held.map(({ role }) => role.key) },
      after: { id, ...identity, active, roles, ...ended },
      result: { id, username: before.username, ...ended },
      afterwards: moved ? protectionNotice(call, before, addressMoved(identity.email)) : undefined,
    };
  },
});

const editedSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  active: z.boolean(),
  version: z.number(),
});

/** The row stays as it is until the transaction ends, so nothing has to be asked again. */
async function loadEdited(tx: Tx, id: string, version: number) {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT id, username, email, given_name AS "givenName", family_name AS "familyName", active, version
    FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row)
    throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
  const user = editedSchema.parse(row);
  if (user.version !== version) throw await editConflict(tx, user);
  return user;
}
