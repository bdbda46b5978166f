import { blockingRoles, rolesThatAlwaysGive } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { ableToSignIn } from "#lib/providers/index.ts";
import { Prisma } from "#prisma";

/** What the change does to somebody, for the refusal's words: "delete", "demote", "deactivate". */
export type Verb = "delete" | "demote" | "deactivate" | "edit";

/**
 * Runs a change of access and then proves that the installation can still be administered:
 * somebody who can sign in holds manageUsers in full and for good, and no role that may not run empty ran empty.
 * The caller holds the access lock, so nothing that is looked at moves meanwhile; a refusal rolls the change back.
 * `of`: whom alone the change is about. Where they hold nothing that has to stay held, there is nothing to prove.
 */
export async function keepingAdministrators<T>(
  tx: Tx,
  at: Date,
  verb: Verb,
  change: () => Promise<T>,
  of?: string,
): Promise<T> {
  const access = await currentPolicy(tx);
  const { neverEmpty } = access.catalogue;
  if (of !== undefined && !(await holdsOne(tx, of, keepingRoles(access)))) return change();
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

/** Roles whose holders are counted: whoever has none of them takes nothing away that has to stay. */
export function keepingRoles({ policy, catalogue }: ActivePolicy): string[] {
  const { neverEmpty, capabilities } = catalogue;
  return [...neverEmpty, ...rolesThatAlwaysGive(policy, capabilities.manageUsers ?? "")];
}

/** Whether somebody holds one of the roles in any way at all. */
async function holdsOne(tx: Tx, userId: string, roles: string[]): Promise<boolean> {
  const found = await tx.assignment.findFirst({
    where: { userId, role: { key: { in: roles } } },
    select: { id: true },
  });
  return found !== null;
}

/** A later role of the list counts only while all before it are empty. */
async function firstFilled(
  tx: Tx,
  roles: readonly string[],
  at: Date,
  able: Prisma.Sql,
): Promise<string | undefined> {
  for (const role of roles) if (await isMet(tx, { roles: [role], without: [] }, at, able)) return role;
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
  const need = lockoutNeed(await currentPolicy(tx));
  return need === undefined || isMet(tx, need, at, await ableToSignIn(tx));
}

/** Roles of which somebody has to hold one for good, and none of the others, for the installation to stay manageable. */
export interface Need {
  roles: readonly string[];
  without: readonly string[];
}

/** What has to stay filled as things are now: the right to manage users, and the roles that may not run empty. */
export async function presentNeeds(tx: Tx, at: Date): Promise<Need[]> {
  const access = await currentPolicy(tx);
  const { neverEmpty } = access.catalogue;
  const filled = await firstFilled(tx, neverEmpty, at, await ableToSignIn(tx));
  const keeping = filled && { roles: neverEmpty.slice(0, neverEmpty.indexOf(filled) + 1), without: [] };
  return [lockoutNeed(access), keeping].filter((need) => need !== undefined && need !== "");
}

function lockoutNeed({ policy, catalogue }: ActivePolicy): Need | undefined {
  const permission = catalogue.capabilities.manageUsers;
  return permission === undefined
    ? undefined
    : { roles: rolesThatAlwaysGive(policy, permission), without: blockingRoles(policy) };
}

/** Whether one of the people `u` for whom `people` holds keeps a need met. */
export async function isMetBy(tx: Tx, need: Need, at: Date, people: Prisma.Sql): Promise<boolean> {
  return isMet(tx, need, at, Prisma.sql`${await ableToSignIn(tx)} AND ${people}`);
}

/**
 * Is there an active person who is `able` and holds one of the roles now, without end or hours, and none of the others?
 * Reads the holders of a role in the order of their index and stops at the first who does. OFFSET 0 keeps PostgreSQL
 * from reading everybody instead, whatever its statistics say of a role: each holder is looked up by their key.
 */
async function isMet(tx: Tx, { roles, without }: Need, at: Date, able: Prisma.Sql): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ met: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM roles r CROSS JOIN LATERAL (
        SELECT 1 FROM assignments a
        WHERE a.role_id = r.id AND a.ends_at IS NULL AND a."window" IS NULL
          AND (a.starts_at IS NULL OR a.starts_at <= ${at})
          AND EXISTS (SELECT 1 FROM users u WHERE u.id = a.user_id AND u.active AND ${able} OFFSET 0)
          AND NOT EXISTS (${holding(without, at)} OFFSET 0)
        ORDER BY a.user_id LIMIT 1) holder
      WHERE r.key = ANY(${[...roles]}::text[])) AS met`;
  return row?.met ?? false;
}

/** What the holder of the assignment `a` holds of these roles besides. */
const holding = (roles: readonly string[], at: Date): Prisma.Sql =>
  roles.length === 0
    ? Prisma.sql`SELECT 1 WHERE false`
    : Prisma.sql`SELECT 1 FROM assignments b JOIN roles o ON o.id = b.role_id
        WHERE b.user_id = a.user_id AND o.key = ANY(${[...roles]}::text[]) AND (b.ends_at IS NULL OR b.ends_at > ${at})`;

function ranEmpty(role: string, verb: Verb): AppError {
  const what = verb === "edit" ? `leave the role ${role} without anybody` : `${verb} the last ${role} user`;
  return new AppError(
    "conflict",
    "never_empty",
    `Cannot ${what}: give the role ${role} to somebody else first.`,
  );
}
