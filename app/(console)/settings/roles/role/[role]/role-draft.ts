import type { ApiAccess, Limit, Window } from "#lib/access/index.ts";
import type { RoleDetails } from "#lib/roles/index.ts";

type Stored = Pick<RoleDetails, "grants" | "bases" | "api"> & { window?: Window | undefined };

/** What a person means to change about a role: only what they touched, so that it stands on top of what others save. */
export interface RoleDraft {
  /** Permission key to its limits to be; null takes it away. */
  readonly grants: Readonly<Record<string, Limit[] | null>>;
  readonly bases: Readonly<Record<string, boolean>>;
  /** Null: at all hours. */
  readonly window?: Window | null | undefined;
  readonly api?: ApiAccess | undefined;
}

export const untouched: RoleDraft = { grants: {}, bases: {} };

/** What of a draft somebody touched after it was sent. */
export function changedSince(sent: RoleDraft, now: RoleDraft): RoleDraft {
  const newer = <T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
  return {
    grants: newer(sent.grants, now.grants),
    bases: newer(sent.bases, now.bases),
    ...(now.window !== sent.window && { window: now.window }),
    ...(now.api !== sent.api && { api: now.api }),
  };
}

/** The role as it will be once the draft is saved. */
export function draftedRole(role: Stored, draft: RoleDraft) {
  const grants: Record<string, Limit[]> = { ...role.grants };
  for (const [key, limits] of Object.entries(draft.grants)) {
    if (limits) grants[key] = limits;
    else delete grants[key];
  }
  const bases = new Set(role.bases);
  for (const [key, on] of Object.entries(draft.bases)) {
    if (on) bases.add(key);
    else bases.delete(key);
  }
  return {
    grants,
    bases: [...bases],
    window: draft.window === undefined ? role.window : (draft.window ?? undefined),
    api: draft.api ?? role.api,
  };
}

/** What the draft changes, in the words of the operation. */
export interface RoleChanges {
  add: string[];
  remove: string[];
  limit: { permission: string; limits: Limit[] }[];
  addBases: string[];
  removeBases: string[];
  window?: Window | null;
  api?: ApiAccess;
}

export function changesOf(role: Stored, draft: RoleDraft): RoleChanges {
  const after = draftedRole(role, draft);
  const touched = Object.keys(draft.grants);
  const isNew = (key: string) => key in after.grants && !(key in role.grants);
  const changed = touched.filter((key) => after.grants[key] && !isSame(role.grants[key], after.grants[key]));
  const plain = (key: string) => isNew(key) && after.grants[key]?.length === 0;
  return {
    add: changed.filter(plain),
    remove: touched.filter((key) => key in role.grants && !(key in after.grants)),
    limit: changed
      .filter((key) => !plain(key))
      .map((permission) => ({ permission, limits: after.grants[permission] ?? [] })),
    addBases: after.bases.filter((key) => !role.bases.includes(key)),
    removeBases: role.bases.filter((key) => !after.bases.includes(key)),
    ...(!isSame(role.window, after.window) && { window: after.window ?? null }),
    ...(!isSame(role.api, after.api) && { api: after.api }),
  };
}

export const isChanged = (changes: RoleChanges): boolean => inWords(changes, {}).length > 0;

/** "2 permissions added", "limits of 1 changed", "hours": what is about to be saved. */
export function inWords(changes: RoleChanges, stored: Readonly<Record<string, unknown>>): string[] {
  const added = changes.add.length + changes.limit.filter(({ permission }) => !(permission in stored)).length;
  const limited = changes.limit.length - (added - changes.add.length);
  const bases = changes.addBases.length + changes.removeBases.length;
  return [
    added > 0 && `${added} added`,
    changes.remove.length > 0 && `${changes.remove.length} removed`,
    limited > 0 && `limits of ${limited} changed`,
    bases > 0 && `${bases} ${bases === 1 ? "base role" : "base roles"} changed`,
    changes.window !== undefined && "hours changed",
    changes.api !== undefined && "API access changed",
  ].filter((words) => words !== false);
}

/** Equal whatever the order of keys: the database has one of its own. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
