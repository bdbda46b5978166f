import { keepingAdministrators, replaceRoles, throwIf } from "#lib/assignments/index.ts";
import { needAccess, type Tx } from "#lib/kernel/database.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { removeUnheldExpressionRoles } from "#lib/roles/index.ts";
import { endSessionsOf } from "#lib/sessions/index.ts";
import type { Prisma } from "#prisma";
import { type identityColumns, takenMeanwhile } from "./records.ts";
import { changeRefusal, type RuledUser } from "./rules.ts";
import { type ShutOut, shutOut } from "./shut-out.ts";

interface Wanted {
  active?: boolean;
  roles?: readonly string[];
  /** Another way of moving what they hold; answers how much moved. */
  move?: () => Promise<number>;
  /** What moves comes on top of what they lastingly hold. */
  temporary?: boolean;
  /** The dangerous ones among them that whoever asks agreed to by name. */
  confirmed?: readonly string[];
  /** More that the row shall hold; asked for once the rules agree. It makes a change of what would be none. */
  columns?: () => Promise<ReturnType<typeof identityColumns>>;
}

/**
 * Whether somebody may sign in, and with which roles: every operation that changes it goes through here.
 * Rank, own account, own role and last administrators are kept; whoever it stops or moves loses their sessions.
 * What is so already is left alone. Where only names and address change, the caller need not hold the access lock, but the
 * user's row.
 */
export async function changeAccess(
  { tx, call, actor, at }: Context & { tx: Tx },
  user: RuledUser,
  { active = user.active, roles, confirmed = [], move, temporary = false, columns }: Wanted,
): Promise<ShutOut> {
  throwIf(changeRefusal(actor, user, active, at));
  const { id } = user.subject;
  const stays = roles === undefined && !move && active === user.active;
  if (!stays) needAccess(tx);
  const more = await columns?.();
  if (stays) {
    if (more) await write(tx, id, call.at, more);
    return { sessionsEnded: 0, devicesForgotten: 0 };
  }
  const change = async () => {
    const { added, removed } = roles
      ? await replaceRoles(tx, { actor, at: call.at, userId: id, roles, confirmed })
      : { added: [], removed: [] };
    const moves = added.length + removed.length + ((await move?.()) ?? 0) > 0;
    if (moves || more || active !== user.active) {
      // Roles that were given otherwise are no longer what an expression said.
      const forgotten = moves && !temporary && { roleExpression: null };
      await write(tx, id, call.at, { ...more, ...forgotten, active });
    }
    if (moves) await removeUnheldExpressionRoles(tx, call.at);
    return moves;
  };
  const moved = await keepingAdministrators(tx, call.at, active ? "demote" : "deactivate", change, id);
  if (user.active && !active) return shutOut(tx, id, "account deactivated", call);
  const sessionsEnded = moved ? await endSessionsOf(tx, id, "roles changed", call) : 0;
  return { sessionsEnded, devicesForgotten: 0 };
}

async function write(tx: Tx, id: string, at: Date, row: Prisma.UserUpdateInput): Promise<void> {
  const data = { ...row, version: { increment: 1 }, updatedAt: at };
  await tx.user.update({ where: { id }, data, select: { id: true } }).catch(takenMeanwhile);
}
