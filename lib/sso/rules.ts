import {
  givingRefusal,
  heldAt,
  refuseUnconfirmedRoles,
  ruledRoles,
  takingRefusal,
  throwIf,
} from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import type { Draft } from "#lib/providers/index.ts";
import { administeringRoles } from "./administers.ts";

type InTransaction = Pick<Context, "actor" | "at"> & { tx: Tx };

/** No escalation: roles that a provider gives from now on are within the reach of whoever says so. */
export async function refuseGiving(
  { tx, actor, at }: InTransaction,
  keys: readonly string[],
  field: string,
  confirmed: readonly string[],
): Promise<void> {
  const roles = await ruledRoles(tx, keys, field);
  for (const role of roles) throwIf(givingRefusal(actor, role, at), field);
  refuseUnconfirmedRoles(actor, await currentPolicy(tx), roles, confirmed);
}

/** A rule that is gone takes its role from people at their next sign-in. A role that is gone itself is nobody's. */
export async function refuseTaking(
  { tx, actor, at }: InTransaction,
  keys: readonly string[],
  field: string,
): Promise<void> {
  const roles = await tx.role.findMany({
    where: { key: { in: [...keys] } },
    select: { key: true, label: true, rank: true, guarded: true },
  });
  for (const role of roles) throwIf(takingRefusal(actor, role, at), field);
}

/**
 * No escalation, for the door itself: who says whom a provider vouches for could come in as anybody whom it may bring
 * in. So they could give each role that those people hold: people who came in through it before, and everybody whose
 * address would link them, without administrators unless these are linked too.
 */
export async function refuseVouching(
  { tx, actor, at }: InTransaction,
  { slug, settings }: Pick<Draft, "slug" | "settings">,
  field?: string,
): Promise<void> {
  const held = heldAt(new Date(at));
  const plain = { assignments: { none: { role: await administeringRoles(tx), ...held } } };
  const known = { identities: { some: { provider: slug } } };
  const concerned = settings.linkAdministrators === true ? {} : { OR: [plain, known] };
  const roles = await tx.role.findMany({
    where: { assignments: { some: { user: { active: true, ...concerned }, ...held } } },
    select: { key: true, label: true, rank: true, guarded: true },
    orderBy: { rank: "desc" },
  });
  for (const role of roles) {
    const refusal = givingRefusal(actor, role, at);
    if (!refusal) continue;
    const message = `You cannot decide whom this provider vouches for: it lets in holders of ${role.label}. ${refusal.message}`;
    throwIf({ ...refusal, message }, field);
  }
}
