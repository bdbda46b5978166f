import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Draft, draftsOf } from "#lib/providers/index.ts";

/**
 * People are who they are at an issuer. So it belongs to one provider: another one that claimed its name, with keys of
 * its own, could come in as anybody who is known by it.
 */
export async function refuseTakenAuthority(
  tx: Tx,
  slug: string,
  field: string,
  authority: string,
): Promise<void> {
  const others = (await draftsOf(tx)).filter((other) => other.slug !== slug);
  const same = others.find(
    ({ settings }) => sameName(settings.issuer, authority) || sameName(settings.entityId, authority),
  );
  const spellings = [
    ...new Set([authority, authority.replace(/\/$/, ""), `${authority.replace(/\/$/, "")}/`]),
  ];
  const known = await tx.identity.count({ where: { issuer: { in: spellings }, provider: { not: slug } } });
  if (!same && known === 0) return;
  const message = same
    ? `${same.label} is this issuer already: a provider is added once.`
    : "People are known by this issuer through a provider that is not here any more: it cannot be added under another short name.";
  throw new AppError("conflict", "issuer_taken", message, { fields: { [field]: [message] } });
}

const sameName = (one: unknown, other: string) =>
  typeof one === "string" && one.replace(/\/$/, "") === other.replace(/\/$/, "");

/** Another issuer is another provider: the people who are known here would be left without their way in. */
export async function refuseMoving(
  tx: Tx,
  { slug, kind, label, settings: before }: Draft,
  after: Record<string, unknown>,
): Promise<void> {
  const field = kind === "saml" ? "entityId" : "issuer";
  const authority = after[field];
  if (authority === before[field] || typeof authority !== "string") return;
  await refuseTakenAuthority(tx, slug, field, authority);
  const people = await tx.identity.count({ where: { provider: slug } });
  if (people === 0) return;
  const who = people === 1 ? "Somebody is" : `${people} people are`;
  const message = `${who} known at ${label} by the one that is there: add another provider, and delete this one when nobody needs it any more.`;
  throw new AppError("conflict", "issuer_in_use", message, { fields: { [field]: [message] } });
}
