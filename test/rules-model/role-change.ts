import { isDeepStrictEqual } from "node:util";
import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";
import { family } from "./given.ts";
import { isWithin } from "./hours.ts";
import { isUnknown, widened } from "./limits.ts";
import { dangersAdded, exceeds, exceedsGrants, isDangerous, may } from "./rights.ts";
import type { Caller, ModelRole, ModelUser, World } from "./world.ts";

/** What a form says of a role: only what changes. */
export interface Changes {
  add: string[];
  remove: string[];
  limit: { permission: string; limits: Limit[] }[];
  addBases: string[];
  removeBases: string[];
  window?: Window | null;
  api?: ApiAccess;
  confirmed?: string[];
}

export const noChanges: Changes = { add: [], remove: [], limit: [], addBases: [], removeBases: [] };

export const newRole = ({ catalogue }: World, key: string): ModelRole => ({
  ...{ key, builtIn: false, locked: false, superuser: false, blocking: false, guarded: false },
  ...{ rank: catalogue.customRoles.rank, except: [], edited: false, version: 1 },
  ...{ inherits: [], grants: new Map<string, readonly Limit[]>(), window: undefined, api: "full" },
});

/** What was named as given already stays as it was; what is both added and taken away is there. */
export function changedRole(role: ModelRole, changes: Changes): ModelRole {
  const { add, remove, limit, addBases, removeBases, window, api } = changes;
  const taken = (key: string) => remove.includes(key) && !add.includes(key);
  const grants = new Map([...role.grants].filter(([key]) => !taken(key)));
  for (const key of add) grants.set(key, role.grants.get(key) ?? []);
  for (const { permission, limits } of limit) grants.set(permission, limits);
  const kept = role.inherits.filter((key) => !removeBases.includes(key));
  return {
    ...role,
    grants,
    inherits: [...new Set([...kept, ...addBases])],
    window: window === undefined ? role.window : (window ?? undefined),
    api: api ?? role.api,
  };
}

interface Change {
  before: ModelRole;
  after: ModelRole;
  /** At hours at which it gave nothing it gives all that it has. */
  longer: boolean;
  addedBases: string[];
}

/** Every rule for what is put into a role, whether it is new or edited. */
export function changeRules(world: World, caller: Caller, before: ModelRole, changes: Changes): string[] {
  const after = changedRole(before, changes);
  const addedBases = after.inherits.filter((key) => !before.inherits.includes(key));
  const { window } = before;
  const longer = window !== undefined && !(after.window && isWithin([after.window], [window]));
  const added = [...after.grants.keys()].filter((key) => !before.grants.has(key));
  const touched = [...after.grants].filter(
    ([key, limits]) => !isDeepStrictEqual(before.grants.get(key), limits),
  );
  const circle = addedBases.some((base) => family(world, base).has(before.key));
  return [
    ...(addedBases.every((key) => world.roles.has(key)) ? [] : ["role_not_found"]),
    ...(added.every((key) => world.permissions.get(key)?.retired === false) ? [] : ["unknown_permission"]),
    ...(touched.some(([, limits]) => limits.some(isUnknown)) ? ["unknown_in_limit"] : []),
    ...(changes.window && changes.window.timeZone !== "UTC" ? ["unknown_time_zone"] : []),
    ...(circle ? ["inheritance_cycle"] : []),
    ...(caller.kind === "user" ? givingRules(world, caller.user, { before, after, longer, addedBases }) : []),
    ...(isConfirmed(world, before.key, added, addedBases, changes) ? [] : ["confirmation_required"]),
  ];
}

/** No escalation, guarded role: what is new or wider, and with longer hours everything. */
function givingRules(world: World, user: ModelUser, change: Change): string[] {
  const { before, after, longer, addedBases } = change;
  const { attributes } = world.catalogue;
  const grants = [...after.grants].flatMap(([permission, limits]) => {
    const given = longer ? limits : widened(attributes, before.grants.get(permission), limits);
    return given ? [{ permission, limits: given }] : [];
  });
  const bases = longer ? after.inherits : addedBases;
  const { window } = after;
  const beyond =
    exceedsGrants(world, user, grants, window) ||
    bases.some((base) => exceeds(world, user, base, { window }));
  const guarded = bases.some((base) => world.roles.get(base)?.guarded);
  return [
    ...(beyond && !may(world, user, "grantBeyondOwn") ? ["escalation"] : []),
    ...(guarded && !may(world, user, "manageSuperusers") ? ["guarded_role"] : []),
  ];
}

function isConfirmed(world: World, role: string, added: string[], bases: string[], { confirmed }: Changes) {
  const dangers = [
    ...dangersAdded(world, role, added),
    ...bases.filter((base) => world.roles.has(base) && isDangerous(world, base)),
  ];
  return confirmed === undefined || dangers.every((key) => confirmed.includes(key));
}
