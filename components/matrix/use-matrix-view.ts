"use client";
import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { MatrixData, MatrixRole } from "#lib/roles/matrix-data.ts";
import { type MatrixRow, rowsOf } from "./matrix-rows.ts";
import { useNarrow } from "./use-narrow.ts";

const parameters = {
  q: parseAsString.withDefault(""),
  roles: parseAsArrayOf(parseAsString).withDefault([]),
  differences: parseAsBoolean.withDefault(false),
  edit: parseAsString,
  delete: parseAsString,
};

export interface MatrixView {
  query: string;
  setQuery: (query: string) => void;
  /** Role columns, in the order of the data. */
  roles: MatrixRole[];
  /** Keys of the roles chosen to compare; none means all. */
  chosen: string[];
  choose: (keys: string[]) => void;
  differences: boolean;
  setDifferences: (on: boolean) => void;
  rows: MatrixRow[];
  /** The role whose column a narrow screen shows. */
  single: MatrixRole | undefined;
  /** Picks it; the editor of another one closes, and its draft waits. */
  showRole: (key: string) => void;
  narrow: boolean;
  editKey: string | null;
  setEditKey: (key: string | null) => void;
  /** Opens the dialog that the page shows for it. */
  askDelete: (key: string) => void;
}

/** What is shown: the address is the state, so that Back and a shared link restore it. */
export function useMatrixView(data: MatrixData): MatrixView {
  const [{ q, roles: wanted, differences, edit }, set] = useQueryStates(parameters, { history: "replace" });
  const narrow = useNarrow();

  const chosen = useMemo(
    () => wanted.filter((key) => data.roles.some((role) => role.key === key)),
    [wanted, data],
  );
  const all = data.roles;
  const single = all.find((role) => role.key === (edit ?? chosen[0])) ?? all[0];
  const roles = useMemo(() => {
    if (narrow) return single ? [single] : [];
    // The role being edited stays in sight, whatever is compared.
    return chosen.length === 0 ? all : all.filter((role) => chosen.includes(role.key) || role.key === edit);
  }, [all, chosen, edit, narrow, single]);
  const rows = useMemo(
    () => rowsOf(data.groups, { query: q, differing: differences && !narrow ? roles : undefined }),
    [data, q, differences, narrow, roles],
  );

  return useMemo(
    () => ({
      query: q,
      setQuery: (query) => set({ q: query || null }),
      roles,
      chosen,
      choose: (keys) => set({ roles: keys.length > 0 ? keys : null }),
      differences,
      setDifferences: (on) => set({ differences: on || null }),
      rows,
      single,
      showRole: (key) => set({ roles: [key], edit: null }),
      narrow,
      editKey: edit,
      setEditKey: (key) => set({ edit: key }, { history: "push" }),
      askDelete: (key) => set({ delete: key }, { history: "push", shallow: false }),
    }),
    [q, set, roles, chosen, differences, rows, single, narrow, edit],
  );
}
