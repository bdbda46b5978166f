import { needAccess, type Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { sameMembers } from "#lib/kernel/same-members.ts";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import type { GroupDocument } from "./group-document.ts";
import { type Moved, memberIds, setMembers } from "./group-members.ts";
import { groupOf, groupRows, shownGroup } from "./group-rows.ts";
import { unknownGroup } from "./invalid.ts";
import { syncPeople } from "./sync-people.ts";
import { baseOf } from "./user-rows.ts";

type Writing = Context & { tx: Tx };
/** `left`: they were too many to work out the roles of all of them in this transaction. */
type Written = Moved & { left: string[] };

/**
 * Stores a group as a client describes it, and works out the roles of whoever that concerns: who came or went, and
 * everybody in it once it is called otherwise, since rules go by name and id. What is so already takes no lock.
 */
export async function writeGroup(
  context: Writing,
  id: string,
  { name, externalId, members }: GroupDocument,
  before?: { name: string; externalId: string | null; members: readonly string[] },
): Promise<Written> {
  const { tx, call, actor } = context;
  const client = clientOf(actor);
  const renamed = before && (before.name !== name || before.externalId !== (externalId ?? null));
  if (before && !renamed && sameMembers(before.members, members))
    return { ids: [], added: [], removed: [], left: [] };
  needAccess(tx);
  await refuseTaken(tx, client.provider, { name, externalId }, id);
  const data = { name, nameKey: normaliseKey(name), externalId: externalId ?? null, updatedAt: call.at };
  const created = { id, provider: client.provider, createdAt: call.at };
  await tx.scimGroup
    .upsert({ where: { id }, create: { ...created, ...data }, update: data, select: { id: true } })
    .catch(takenMeanwhile);
  const moved = await setMembers(tx, { id, provider: client.provider }, members);
  const concerned = renamed ? [...new Set([...moved.ids, ...members])] : moved.ids;
  return { ...moved, left: await syncPeople(tx, call, client, concerned) };
}

const taken = (what: string) =>
  new AppError("conflict", "taken", `A group with this ${what} exists already.`);

async function refuseTaken(
  tx: Tx,
  provider: string,
  { name, externalId }: Pick<GroupDocument, "name" | "externalId">,
  except: string,
): Promise<void> {
  const nameKey = normaliseKey(name);
  const same = [{ nameKey }, ...(externalId === undefined ? [] : [{ externalId }])];
  const known = await tx.scimGroup.findFirst({
    where: { provider, OR: same, id: { not: except } },
    select: { nameKey: true },
  });
  if (known) throw taken(known.nameKey === nameKey ? "displayName" : "externalId");
}

function takenMeanwhile(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "P2002")
    throw taken("displayName or externalId");
  throw error;
}

export async function provisionedGroup(tx: Tx, provider: string, id: string | undefined) {
  const row = id
    ? await tx.scimGroup.findFirst({ where: { id, provider }, select: { name: true, externalId: true } })
    : null;
  if (!id || !row) throw unknownGroup();
  return { id, ...row, members: await memberIds(tx, id) };
}

/** A group as the client would find it now. */
export async function groupNow({ tx, call, actor }: Writing, id: string): Promise<Attributes> {
  const [row] = await groupRows(tx, groupOf(clientOf(actor).provider, id));
  if (!row) throw new Error("a provisioned group has gone within the transaction that wrote it");
  return shownGroup(row, baseOf(call));
}
