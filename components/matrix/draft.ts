import type { MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";

/**
 * What a person means to change about one role, over the permissions that the role holds itself (`base`).
 * Always: `added` has nothing of `base`, `removed` has only what is in `base`.
 */
export interface Draft {
  readonly role: string;
  readonly version: number;
  readonly base: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/** What another administrator saved in the meantime. */
export interface OthersChange {
  granted: string[];
  revoked: string[];
}

const none: ReadonlySet<string> = new Set();

export function startDraft(role: Pick<MatrixRole, "key" | "version" | "cells">): Draft {
  const own = Object.entries(role.cells).flatMap(([key, cell]) => (cell.by === "own" ? [key] : []));
  return draftOver(role.key, role.version, own);
}

export function draftOver(role: string, version: number, grants: Iterable<string>): Draft {
  return { role, version, base: new Set(grants), added: none, removed: none };
}

/** Does the role hold it itself once the draft is saved? */
export function isOwn(draft: Draft, permission: string): boolean {
  return draft.base.has(permission) ? !draft.removed.has(permission) : draft.added.has(permission);
}

export function ownOf(draft: Draft): Set<string> {
  return new Set([...draft.base, ...draft.added].filter((key) => isOwn(draft, key)));
}

export function toggle(draft: Draft, permission: string): Draft {
  return setOwn(draft, [permission], !isOwn(draft, permission));
}

export function setOwn(draft: Draft, permissions: Iterable<string>, on: boolean): Draft {
  const added = new Set(draft.added);
  const removed = new Set(draft.removed);
  for (const key of permissions) {
    if (draft.base.has(key)) {
      if (on) removed.delete(key);
      else removed.add(key);
    } else if (on) added.add(key);
    else added.delete(key);
  }
  return { ...draft, added, removed };
}

/** Ticks exactly what the template names. What the actor may not grant stays as it is. */
export function applyTemplate(
  draft: Draft,
  template: "all" | readonly string[],
  permissions: readonly Pick<MatrixPermission, "key" | "grantable">[],
): Draft {
  const wanted = new Set(template);
  const mine = permissions.filter((permission) => permission.grantable).map((permission) => permission.key);
  const isWanted = (key: string) => template === "all" || wanted.has(key);
  const cleared = setOwn(draft, mine, false);
  return setOwn(cleared, mine.filter(isWanted), true);
}

export function discard(draft: Draft): Draft {
  return { ...draft, added: none, removed: none };
}

export function changeOf(draft: Draft, permission: string): "added" | "removed" | undefined {
  if (draft.added.has(permission)) return "added";
  return draft.removed.has(permission) ? "removed" : undefined;
}

export function isChanged(draft: Draft): boolean {
  return draft.added.size + draft.removed.size > 0;
}

/** "3 added, 1 removed" */
export function changesInWords(draft: Draft): string {
  const parts = [
    draft.added.size > 0 ? `${draft.added.size} added` : "",
    draft.removed.size > 0 ? `${draft.removed.size} removed` : "",
  ];
  return parts.filter(Boolean).join(", ") || "No changes";
}

/**
 * Moves the draft onto what the role holds now. The person's own changes stay, except those that
 * the other made as well; `theirs` is what changed under the draft.
 */
export function rebase(
  draft: Draft,
  now: { version: number; grants: Iterable<string> },
): { draft: Draft; theirs: OthersChange } {
  const base = new Set(now.grants);
  const theirs = {
    granted: [...base].filter((key) => !draft.base.has(key)),
    revoked: [...draft.base].filter((key) => !base.has(key)),
  };
  const added = new Set([...draft.added].filter((key) => !base.has(key)));
  const removed = new Set([...draft.removed].filter((key) => base.has(key)));
  return { draft: { role: draft.role, version: now.version, base, added, removed }, theirs };
}
