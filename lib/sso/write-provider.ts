import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Draft } from "#lib/providers/index.ts";
import type { Prisma } from "#prisma";

type Written = Partial<
  Pick<
    Prisma.IdentityProviderUncheckedCreateInput,
    "label" | "enabled" | "syncRoles" | "settings" | "secret" | "rules"
  >
>;

/** Writes what changed. The provider of the environment gets a row when something of it is first kept here. */
export async function writeProvider(tx: Tx, call: Call, draft: Draft, data: Written): Promise<void> {
  const { slug, kind, label, stored } = draft;
  const settings = stored as Prisma.InputJsonObject;
  await tx.identityProvider.upsert({
    where: { slug },
    update: { ...data, version: { increment: 1 }, updatedAt: call.at },
    create: { slug, kind, label, settings, ...(await newRow(tx, call)), ...data },
    select: { id: true },
  });
}

/** What every new row begins with: the last place on the sign-in page. */
export async function newRow(tx: Tx, { at }: Call) {
  const { _max } = await tx.identityProvider.aggregate({ _max: { position: true } });
  return { id: newId(at.getTime()), position: (_max.position ?? -1) + 1, createdAt: at, updatedAt: at };
}
