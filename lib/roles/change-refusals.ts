import {
  beyond,
  beyondGrants,
  inheritanceCycle,
  opensMore,
  widened,
  windowState,
} from "#lib/access/index.ts";
import { escalationRefusal, type Refusal } from "#lib/assignments/index.ts";
import { type Actor, can } from "#lib/kernel/actor.ts";
import type { RoleChange } from "./role-change.ts";

/** A role that others may inherit, as the rules see it. */
export interface BaseRole {
  key: string;
  guarded: boolean;
}

/** What is given by a change: what is new or wider; with longer hours, everything. */
function givenBy(actor: Extract<Actor, { kind: "user" }>, { before, after }: RoleChange, longer: boolean) {
  return [...after.grants].flatMap(([permission, limits]) => {
    const given = longer ? limits : widened(actor.access.policy, before.grants.get(permission), limits);
    return given ? [{ permission, limits: given }] : [];
  });
}

const said = "You cannot put these permissions into a role";

/** No escalation, for new and wider grants: within the role's own hours. */
export function widerRefusal(actor: Actor, change: RoleChange, at: number): Refusal | undefined {
  if (actor.kind !== "user") return undefined;
  const longer = opensMore(change.before.window, change.after.window);
  const given = givenBy(actor, change, longer);
  const missing = beyondGrants(actor.access.policy, actor.subject, given, at, change.after.window);
  const what = longer ? "You cannot open these hours" : said;
  return escalationRefusal(actor, missing, what, at);
}

/** Cycle, guarded role, no escalation: may the actor let a role inherit this one? */
export function basesRefusal(
  actor: Actor,
  role: string,
  change: RoleChange,
  roles: readonly (BaseRole & { inherits: readonly string[] })[],
  at: number,
): Refusal | undefined {
  const { addedBases, after } = change;
  const cycle = addedBases.length > 0 ? cycleRefusal(roles, role, after.bases) : undefined;
  if (cycle || actor.kind !== "user") return cycle;
  const longer = opensMore(change.before.window, after.window);
  for (const key of longer ? after.bases : addedBases) {
    const base = roles.find((one) => one.key === key);
    const refusal = base && inheritingRefusal(actor, base, at, after.window);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Cycles cannot be stored: the refusal names the whole way round. */
export function cycleRefusal(
  roles: readonly { key: string; inherits: readonly string[] }[],
  role: string,
  bases: readonly string[],
): Refusal | undefined {
  const cycle = inheritanceCycle(roles, role, bases);
  if (!cycle) return undefined;
  const message = `Cannot inherit in a circle: ${cycle.join(" inherits from ")}. Take one of them out first.`;
  return { code: "conflict", reason: "inheritance_cycle", message };
}

/** Guarded role, no escalation: what a base role gives is given by whoever lets another role inherit it. */
export function inheritingRefusal(
  actor: Actor,
  { key, guarded }: BaseRole,
  at: number,
  window?: RoleChange["after"]["window"],
): Refusal | undefined {
  if (actor.kind !== "user") return undefined;
  const what = `You cannot let a role inherit from ${key}`;
  if (guarded && !can(actor, "manageSuperusers", at)) {
    const permission = actor.access.catalogue.capabilities.manageSuperusers;
    const who = permission ? `ask somebody who holds ${permission}` : "nobody may change that here";
    return { code: "forbidden", reason: "guarded_role", message: `${what}. It is guarded: ${who}.` };
  }
  const giving = window ? { assignment: { window } } : {};
  return escalationRefusal(actor, beyond(actor.access.policy, actor.subject, key, at, giving), what, at);
}

/** Hours that nobody can tell would give nothing. */
export function hoursRefusal({ after, window }: RoleChange, at: number): Refusal | undefined {
  if (!window || !after.window || windowState(after.window, at) !== "invalid") return undefined;
  const message = `There is no time zone ${after.window.timeZone}: choose one such as Europe/Berlin.`;
  return { code: "invalid", reason: "unknown_time_zone", message };
}
