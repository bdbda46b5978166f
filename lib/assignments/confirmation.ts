import { type Danger, dangerOf } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { RuledRole } from "./refusals.ts";

/** Where a form sends what was confirmed, and where the refusal stands. */
const field = "confirmed";

/**
 * Dangerous: whoever gives a dangerous role to somebody, or makes it a default, confirms it by its key.
 * What the product itself gives (set-up, sign-up) is the catalogue's and the settings' word.
 */
export function refuseUnconfirmedRoles(
  actor: Actor,
  access: ActivePolicy,
  roles: readonly Pick<RuledRole, "key" | "label">[],
  confirmed: readonly string[] | undefined,
): void {
  const left = roles.filter(
    ({ key }) => !confirmed?.includes(key) && dangerOf(access.policy, access.catalogue, key),
  );
  refuseUnconfirmed(
    actor,
    left.map(({ label }) => label),
  );
}

/** The same for dangerous permissions that somebody puts into a role. */
export function refuseUnconfirmedPermissions(
  actor: Actor,
  { catalogue }: ActivePolicy,
  dangerous: readonly string[],
  confirmed: readonly string[],
): void {
  const left = dangerous.filter((key) => !confirmed.includes(key));
  refuseUnconfirmed(
    actor,
    left.map((key) => catalogue.permissions.find((permission) => permission.key === key)?.label ?? key),
  );
}

function refuseUnconfirmed(actor: Actor, labels: readonly string[]): void {
  if (actor.kind !== "user" || labels.length === 0) return;
  const message = `Dangerous: confirm that you mean to give ${labels.join(", ")}.`;
  throw new AppError("invalid", "confirmation_required", message, { fields: { [field]: [message] } });
}

/** What giving a role means, in words for the one who has to confirm it; undefined for a harmless one. */
export function dangerWords({ policy, catalogue }: ActivePolicy, roleKey: string): string | undefined {
  const danger = dangerOf(policy, catalogue, roleKey);
  return danger && describeDanger(danger, catalogue);
}

function describeDanger({ superuser, permissions }: Danger, catalogue: ActivePolicy["catalogue"]): string {
  if (superuser)
    return "It gives every permission, now and in future, but for those that it names as excepted.";
  const named = catalogue.permissions.filter(({ key }) => permissions.includes(key));
  if (named.length === 0) return "The catalogue marks it as dangerous.";
  return named.map(({ label, description }) => `${label}: ${description || "dangerous."}`).join(" ");
}
