import { loadSubject, type Refusal, throwIf, userRankRefusal } from "#lib/assignments/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { syncedRefusal } from "#lib/kernel/role-sync.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { endSessionsOf } from "#lib/sessions/index.ts";
import { type Enrolled, enrolledFactors, hasFactor } from "./enrolled.ts";
import { lockUser } from "./own-account.ts";
import { removeFactorsOf } from "./remove-factors.ts";
import { itemSchema } from "./schema.ts";
import { endTrustedDevicesOf } from "./trusted-devices.ts";

/** For somebody who lost their second factor: takes all of it away, so that the password alone lets them enrol anew. */
export const resetFactors = defineCommand({
  name: "reset second factor",
  needs: "manageUsers",
  changesAccess: true,
  dangerous: true,
  refusedUnderSync: true,
  input: itemSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async run({ tx, call, actor, at }, { id }) {
    await lockUser(tx, id);
    const { user, enrolled, refusal } = await resettable(tx, actor, id, at);
    throwIf(refusal);
    const { username } = user;
    await removeFactorsOf(tx, id);
    const trustedDevices = await endTrustedDevicesOf(tx, id);
    const sessionsEnded = await endSessionsOf(tx, id, "second factor reset", call);
    return {
      target: { kind: "user", id, name: username },
      before: { ...enrolled, trustedDevices },
      after: { sessionsEnded },
      result: { username, sessionsEnded },
      afterwards: protectionNotice(call, user, {
        subject: "Your second factors were removed",
        what: "Every second factor of your account was removed.",
      }),
    };
  },
});

/** What somebody has enrolled, and why it cannot be reset, for the button that would. */
export const viewFactorsOf = defineQuery({
  name: "view second factor of user",
  needs: "viewUsers",
  input: itemSchema,
  async run({ reader, actor, at }, { id }) {
    const { user, enrolled, refusal } = await resettable(reader, actor, id, at);
    const why = can(actor, "manageUsers", at)
      ? (syncedRefusal(actor) ?? refusal)?.message
      : "You may look at users but not change them: that needs the right to manage users.";
    return { username: user.username, ...enrolled, why };
  },
});

async function resettable(reader: Reader | Tx, actor: Actor, id: string, at: number) {
  const user = await reader.user.findUnique({
    where: { id },
    select: { id: true, username: true, email: true, active: true },
  });
  if (!user)
    throw new AppError("not_found", "user_not_found", "There is no such user: they may have been deleted.");
  const enrolled = await enrolledFactors(reader, id);
  const subject = await loadSubject(reader, user, at);
  const refusal =
    ownFactorsRefusal(actor, id) ??
    userRankRefusal(actor, { name: user.username, subject }, at) ??
    nothingToReset(user.username, enrolled);
  return { user, enrolled, refusal };
}

/** Own factors are changed with proof of who one is, not reset. */
function ownFactorsRefusal(actor: Actor, userId: string): Refusal | undefined {
  if (actor.kind !== "user" || actor.id !== userId) return undefined;
  const message =
    "Cannot reset your own second factor: change it under Second factor in your account, or ask another administrator.";
  return { code: "conflict", reason: "own_account", message };
}

function nothingToReset(username: string, enrolled: Enrolled): Refusal | undefined {
  if (hasFactor(enrolled)) return undefined;
  const message = `${username} has no second factor: there is nothing to reset.`;
  return { code: "conflict", reason: "no_factor", message };
}
