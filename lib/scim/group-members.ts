import type { Tx } from "#lib/kernel/database.ts";
import { unknownMember } from "./group-document.ts";

/** Who came and who went, by id for the sync and by name for the trail. */
export interface Moved {
  ids: string[];
  added: string[];
  removed: string[];
}

/** Makes these the members of a group; each was brought by the same provider. Four statements, however many move. */
export async function setMembers(
  tx: Tx,
  group: { id: string; provider: string },
  wanted: readonly string[],
): Promise<Moved> {
  const present = await memberIds(tx, group.id);
  const [had, has] = [new Set(present), new Set(wanted)];
  const added = wanted.filter((id) => !had.has(id));
  const removed = present.filter((id) => !has.has(id));
  // Whoever loses something comes first.
  const ids = [...removed, ...added];
  if (ids.length === 0) return { ids, added: [], removed: [] };
  const people = await tx.scimUser.findMany({
    where: { userId: { in: ids }, provider: group.provider },
    select: { userId: true, user: { select: { username: true } } },
  });
  const names = new Map(people.map(({ userId, user }) => [userId, user.username]));
  const unknown = added.find((id) => !names.has(id));
  if (unknown !== undefined) throw unknownMember(unknown);
  if (removed.length > 0)
    await tx.scimGroupMember.deleteMany({ where: { groupId: group.id, userId: { in: removed } } });
  await tx.scimGroupMember.createMany({ data: added.map((userId) => ({ groupId: group.id, userId })) });
  const named = (list: readonly string[]) => list.map((id) => names.get(id) ?? id);
  return { ids, added: named(added), removed: named(removed) };
}

export async function memberIds(tx: Tx, groupId: string): Promise<string[]> {
  const rows = await tx.scimGroupMember.findMany({ where: { groupId }, select: { userId: true } });
  return rows.map(({ userId }) => userId);
}
