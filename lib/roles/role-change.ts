import { isDeepStrictEqual } from "node:util";
import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";

/** What a role gives by itself, and how. */
export interface RoleState {
  /** Permission key to limits; none: unconditional. */
  grants: ReadonlyMap<string, readonly Limit[]>;
  /** Keys of the roles that it inherits. */
  bases: readonly string[];
  window: Window | undefined;
  api: ApiAccess;
}

export const newRole: RoleState = { grants: new Map(), bases: [], window: undefined, api: "full" };

/** What is to change; what is not named stays. */
export interface Wanted {
  add: readonly string[];
  remove: readonly string[];
  limit: readonly { permission: string; limits: readonly Limit[] }[];
  addBases: readonly string[];
  removeBases: readonly string[];
  window?: Window | null | undefined;
  api?: ApiAccess | undefined;
}

export interface RoleChange {
  before: RoleState;
  after: RoleState;
  added: string[];
  removed: string[];
  /** Grants that stay, with other limits. */
  limited: string[];
  addedBases: string[];
  removedBases: string[];
  /** Whether hours and API access change. */
  window: boolean;
  api: boolean;
}

/** Who takes and gives the same means to give it. */
export function changeOfRole(before: RoleState, wanted: Wanted): RoleChange {
  const grants = new Map(before.grants);
  for (const key of wanted.remove) grants.delete(key);
  for (const key of wanted.add) grants.set(key, before.grants.get(key) ?? []);
  for (const { permission, limits } of wanted.limit) grants.set(permission, limits);
  const bases = [
    ...new Set([
      ...before.bases.filter((key) => !wanted.removeBases.includes(key) || wanted.addBases.includes(key)),
      ...wanted.addBases,
    ]),
  ];
  const window = wanted.window === undefined ? before.window : (wanted.window ?? undefined);
  const after = { grants, bases, window, api: wanted.api ?? before.api };
  const isAs = (key: string) => isDeepStrictEqual(before.grants.get(key), grants.get(key));
  return {
    before,
    after,
    added: [...grants.keys()].filter((key) => !before.grants.has(key)),
    removed: [...before.grants.keys()].filter((key) => !grants.has(key)),
    limited: [...grants.keys()].filter((key) => before.grants.has(key) && !isAs(key)),
    addedBases: bases.filter((key) => !before.bases.includes(key)),
    removedBases: before.bases.filter((key) => !bases.includes(key)),
    window: !isDeepStrictEqual(before.window, after.window),
    api: !isDeepStrictEqual(before.api, after.api),
  };
}
