"use client";
import { useCallback, useMemo, useState } from "react";
import type { MatrixData, MatrixPermission, MatrixRole } from "#lib/roles/matrix-data.ts";
import { type Conflict, newest } from "./conflict.ts";
import * as drafts from "./draft.ts";
import { type Cells, draftCells, heldCount } from "./draft-cells.ts";

export interface RoleEditor {
  role: MatrixRole;
  draft: drafts.Draft;
  cells: Cells;
  held: number;
  /** What changed under the draft, and who did it when that is known. */
  news: (drafts.OthersChange & { by?: string; at?: string }) | undefined;
  toggle: (permission: MatrixPermission) => void;
  setAll: (permissions: string[], on: boolean, words: string) => void;
}

interface Kept {
  draft: drafts.Draft;
  /** What the role held when the editing began. */
  start: drafts.Draft;
  conflict?: Conflict;
}

/** The column in edit mode, and the drawer of drafts. Those of other roles are kept, so that going to and fro loses nothing. */
export function useRoleEditor(data: MatrixData, editKey: string | null, say: (words: string) => void) {
  const [kept, setKept] = useState<ReadonlyMap<string, Kept>>(new Map());
  const { roles } = data;
  const role = roles.find((one) => one.key === editKey && one.edit.allowed && data.edit.allowed);
  const permissions = useMemo(() => data.groups.flatMap((group) => group.permissions), [data]);
  const current = useMemo(() => role && currentDraft(role, kept.get(role.key)), [role, kept]);
  const cells = useMemo(
    () => role && current && draftCells(role, current.draft, permissions),
    [role, current, permissions],
  );
  const unsaved = useMemo(
    () =>
      roles
        .filter((one) => kept.has(one.key) && drafts.isChanged(currentDraft(one, kept.get(one.key)).draft))
        .map(({ key }) => key),
    [roles, kept],
  );

  const keep = useCallback((key: string, next: Kept | undefined) => {
    setKept((all) => {
      const others = [...all].filter(([role]) => role !== key);
      return new Map(next ? [...others, [key, next]] : others);
    });
  }, []);

  const drawer = {
    unsaved,
    forget: (key: string) => keep(key, undefined),
    takeIn: (key: string, conflict: Conflict) =>
      setKept((all) => {
        const one = all.get(key);
        return one ? new Map(all).set(key, { ...one, conflict }) : all;
      }),
  };
  if (!role || !current || !cells) return { editor: undefined, ...drawer };
  const { draft, start, theirs, conflict } = current;
  const held = heldCount(role, cells);
  const change = (next: drafts.Draft, words: string) => {
    keep(role.key, { draft: next, start, ...(conflict && { conflict }) });
    say(`${words}, ${heldCount(role, draftCells(role, next, permissions))} of ${role.total}`);
  };
  const editor: RoleEditor = {
    role,
    draft,
    cells,
    held,
    news: theirs && {
      ...theirs,
      ...(conflict?.version === draft.version && { by: conflict.by, at: conflict.at }),
    },
    toggle: ({ key, label }) =>
      change(
        drafts.toggle(draft, key),
        drafts.isOwn(draft, key) ? `${label} taken from ${role.label}` : `${label} granted to ${role.label}`,
      ),
    setAll: (keys, on, words) => change(drafts.setOwn(draft, keys, on), words),
  };
  return { editor, ...drawer };
}

function currentDraft(role: MatrixRole, kept: Kept | undefined) {
  const stored = drafts.startDraft(role);
  if (!kept) return { draft: stored, start: stored };
  const now = newest({ version: stored.version, grants: [...stored.base] }, kept.conflict);
  const { draft } = drafts.rebase(kept.draft, now);
  const { theirs } = drafts.rebase(kept.start, now);
  const moved = theirs.granted.length + theirs.revoked.length > 0;
  // Where no change of one's own is left, the other change is of no concern: it may be this very draft, just saved.
  const concerns = drafts.isChanged(draft) || kept.conflict?.version === draft.version;
  return {
    draft,
    start: kept.start,
    theirs: moved && concerns ? theirs : undefined,
    conflict: kept.conflict,
  };
}
