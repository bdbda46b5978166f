import { z } from "zod";
import { holds } from "#lib/access/index.ts";
import { assignNewUser, heldAt, isManageable, loadSubject, refuseLockout } from "#lib/assignments/index.ts";
import { callerOf } from "#lib/kernel/caller.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { acceptPassword, forgetGuesses, issueResetLink, setPassword } from "#lib/passwords/index.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { localSignIn } from "#lib/providers/index.ts";
import { lockUser, removeFactorsOf } from "#lib/second-factor/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import { shutOut } from "#lib/users/index.ts";
import { randomPassword } from "./random-password.ts";

/** What is restored besides the account itself. */
const restoreSchema = z.object({
  /** Username or email address. */
  name: z.string().trim().min(1).max(254),
  roles: z.boolean(),
  password: z.boolean(),
});

/**
 * For the day on which nobody gets in any more: makes one account an owner's that its owner can sign in to.
 * Only whoever is on the server can ask for it; the rules for people do not hold, the trail does.
 */
export const restoreAccess = defineCommand({
  name: "break glass",
  needs: "system",
  changesAccess: true,
  patient: true,
  input: restoreSchema,
  about: ({ name }) => ({ kind: "user", name }),
  async prepare({ reader, call }, { name, password }) {
    const user = await findAccount(reader, name);
    // An account that nobody can sign in to would not be restored.
    if (!password && user.passwordHash) return { user };
    const text = randomPassword((await securityOf(reader)).passwordMinimum);
    return { user, password: { text, hash: await acceptPassword(reader, text, user, callerOf(call)) } };
  },
  async run(context, { roles }, { user, password }) {
    const { tx, call } = context;
    const { id, username } = user;
    await lockUser(tx, id);
    const before = await stateOf(tx, id, call.at);
    const names = await tx.user.update({
      where: { id },
      data: { active: true, version: { increment: 1 }, updatedAt: call.at },
      select: { id: true, usernameKey: true, emailKey: true },
    });
    // Whoever guesses at the account does not keep out whom the operator lets in, with whatever password.
    await forgetGuesses(tx, names);
    if (password)
      await setPassword(tx, { userId: id, seen: user.passwordHash, hash: password.hash, at: call.at });
    if (roles) await makeOwner(context, id);
    const shut = await shutOut(tx, id, "access restored on the server", call);
    await removeFactorsOf(tx, id);
    const local = await localSignIn(tx);
    // A password waits while wrong ones fill the address's limit; a good link counts alone, and makes its browser known.
    const linkToken = local ? await issueResetLink(tx, id, call.at) : undefined;
    const after = { ...(await stateOf(tx, id, call.at)), passwordReplaced: password !== undefined, ...shut };
    return {
      target: { kind: "user", id, name: username },
      before,
      after,
      result: {
        username,
        ...after,
        administers: await administers(context, id),
        password: password?.text,
        linkToken,
        localSignIn: local,
      },
      afterwards: protectionNotice(call, user, {
        subject: "Access to your account was restored",
        what: `Access to your account was restored on the server: ${password ? "it has another password, and " : ""}every second factor was removed.`,
      }),
    };
  },
});

async function findAccount(reader: Reader, name: string) {
  const key = normaliseKey(name);
  const user = await reader.user.findFirst({
    where: { OR: [{ usernameKey: key }, { emailKey: key }] },
    select: {
      id: true,
      username: true,
      email: true,
      givenName: true,
      familyName: true,
      passwordHash: true,
    },
  });
  if (user) return user;
  const message = `There is no user "${name}" here: give the username or the email address of an account.`;
  throw new AppError("not_found", "user_not_found", message);
}

async function stateOf(tx: Tx, id: string, at: Date) {
  const { active, assignments } = await tx.user.findUniqueOrThrow({
    where: { id },
    select: { active: true, assignments: { where: heldAt(at), select: { role: { select: { key: true } } } } },
  });
  return { active, roles: assignments.map(({ role }) => role.key).sort() };
}

/**
 * Exactly the first user's roles, for good: what else was held could limit or block them.
 * Where these roles give too little by now, the last one who administers by another is not made an owner.
 */
async function makeOwner({ tx, actor, call }: Context & { tx: Tx }, userId: string): Promise<void> {
  const { catalogue } = await currentPolicy(tx);
  const manageable = await isManageable(tx, call.at);
  await tx.assignment.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { roleExpression: null }, select: { id: true } });
  await assignNewUser(tx, { actor, at: call.at, userId, roles: catalogue.firstUserRoles, source: "local" });
  if (manageable) await refuseLockout(tx, call.at);
}

/** The roles may have been edited since: then they may not be enough any more. */
async function administers({ tx, at }: Context & { tx: Tx }, id: string): Promise<boolean> {
  const { policy, catalogue } = await currentPolicy(tx);
  return holds(
    policy,
    catalogue.capabilities,
    await loadSubject(tx, { id, active: true }, at),
    "manageUsers",
    at,
  );
}
