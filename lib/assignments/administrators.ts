import { blockingRoles, rolesThatAlwaysGive } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { ableToSignIn } from "#lib/providers/index.ts";
import { Prisma } from "#prisma";
import { heldAt } from "./held.ts";

/** What the change does to somebody, for the refusal's words: "delete", "demote", "deactivate". */
export type Verb = "delete" | "demote" | "deactivate" | "edit";

/**
 * Runs a change of access and then proves that the installation can still be administered:
 * somebody who can sign in holds manageUsers in full and for good, and no role that may not run empty ran empty.
 * The caller holds the access lock, so nothing that is counted moves meanwhile; a refusal rolls the change back.
 */
export async function keepingAdministrators<T>(
  tx: Tx,
  at: Date,
  verb: Verb,
  change: () => Promise<T>,
): Promise<T> {
  const { catalogue } = await currentPolicy(tx);
  const { neverEmpty } = catalogue;
  const before = await firstFilled(tx, neverEmpty, at, await ableToSignIn(tx));
  const result = await change();
  const able = await ableToSignIn(tx);
  // It may run empty where one before it was filled instead: the last admin becomes superadmin.
  const counting = neverEmpty.slice(0, neverEmpty.indexOf(before ?? "") + 1);
  if (before !== undefined && (await firstFilled(tx, counting, at, able)) === undefined)
    throw ranEmpty(before, verb);
  await refuseLockout(tx, at);
  return result;
}

/** A later role of the list counts only while all before it are empty. */
async function firstFilled(
  tx: Tx,
  roles: readonly string[],
  at: Date,
  able: Prisma.UserWhereInput,
): Promise<string | undefined> {
  for (const role of roles) if ((await members(tx, [role], [], at, able)) > 0) return role;
  return undefined;
}

/** Lockout: somebody who can sign in holds manageUsers in full and for good. */
export async function refuseLockout(tx: Tx, at: Date): Promise<void> {
  if (await isManageable(tx, at)) return;
  const { catalogue } = await currentPolicy(tx);
  const permission = catalogue.capabilities.manageUsers;
  const message = `Cannot remove ${permission} permission from the last user who has it: give it to somebody else first, for good and without hours.`;
  throw new AppError("conflict", "last_holder", message);
}

/** Does anybody keep the installation manageable? Where nothing stands for manageUsers there is nothing to keep. */
export async function isManageable(tx: Tx, at: Date): Promise<boolean> {
  const access = await currentPolicy(tx);
  const permission = access.catalogue.capabilities.manageUsers;
  return permission === undefined || (await administratorCount(tx, access, permission, at)) > 0;
}

/** Roles of which somebody has to hold one for good, and none of the others, for the installation to stay manageable. */
export interface Need {
  roles: readonly string[];
  without: readonly string[];
}

/** What has to stay filled as things are now: the right to manage users, and the roles that may not run empty. */
export async function presentNeeds(tx: Tx, at: Date): Promise<Need[]> {
  const { policy, catalogue } = await currentPolicy(tx);
  const { neverEmpty, capabilities } = catalogue;
  const filled = await firstFilled(tx, neverEmpty, at, await ableToSignIn(tx));
  const permission = capabilities.manageUsers;
  const lockout = permission && {
    roles: rolesThatAlwaysGive(policy, permission),
    without: blockingRoles(policy),
  };
  const keeping = filled && { roles: neverEmpty.slice(0, neverEmpty.indexOf(filled) + 1), without: [] };
  return [lockout, keeping].filter((need) => need !== undefined && need !== "");
}

/** Whether one of these people keeps a need met. */
export async function isMetBy(tx: Tx, need: Need, at: Date, people: Prisma.UserWhereInput): Promise<boolean> {
  const able = { AND: [await ableToSignIn(tx), people] };
  return (await members(tx, need.roles, need.without, at, able)) > 0;
}

async function administratorCount(
  tx: Tx,
  { policy }: ActivePolicy,
  permission: string,
  at: Date,
): Promise<number> {
  const able = await ableToSignIn(tx);
  return members(tx, rolesThatAlwaysGive(policy, permission), blockingRoles(policy), at, able);
}

/** Active people who can sign in and hold one of the roles now, without end or hours, and none of the others. */
async function members(
  tx: Tx,
  roles: readonly string[],
  without: readonly string[],
  at: Date,
  able: Prisma.UserWhereInput,
): Promise<number> {
  return tx.user.count({
    where: {
      active: true,
      ...able,
      assignments: {
        some: {
          role: { key: { in: [...roles] } },
          endsAt: null,
          window: { equals: Prisma.DbNull },
          OR: [{ startsAt: null }, { startsAt: { lte: at } }],
        },
        none: { role: { key: { in: [...without] } }, ...heldAt(at) },
      },
    },
  });
}

function ranEmpty(role: string, verb: Verb): AppError {
  const what = verb === "edit" ? `leave the role ${role} without anybody` : `${verb} the last ${role} user`;
  return new AppError(
    "conflict",
    "never_empty",
    `Cannot ${what}: give the role ${role} to somebody else first.`,
  );
}
