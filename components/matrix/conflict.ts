import type { FormState } from "#lib/web/form-state.ts";

/** What the server says of a role that somebody else saved in the meantime. */
export interface Conflict {
  version: number;
  /** The permissions that the role holds itself now. */
  grants: string[];
  by?: string;
  at?: string;
}

/** The details of an `edit_conflict` answer; nothing for any other answer, or for details that cannot be read. */
export function conflictOf(state: FormState): Conflict | undefined {
  if (state.status !== "error" || state.reason !== "edit_conflict") return undefined;
  const { version, grants, by, at } = state.details ?? {};
  if (typeof version !== "number" || !Array.isArray(grants)) return undefined;
  return {
    version,
    grants: grants.filter((key) => typeof key === "string"),
    ...(typeof by === "string" && { by }),
    ...(typeof at === "string" && { at }),
  };
}

/** The page and an answer may each be ahead of the other. */
export function newest<T extends { version: number }>(page: T, answer: T | undefined): T {
  return answer && answer.version > page.version ? answer : page;
}
