import type { Risk } from "#lib/access/catalogue.ts";

/** What the matrix shows; built on the server, plain data. */
export interface MatrixData {
  groups: MatrixGroup[];
  roles: MatrixRole[];
  /** May the actor edit roles at all? When not, why not, in words. */
  edit: { allowed: true } | { allowed: false; why: string };
}

export interface MatrixGroup {
  key: string;
  label: string;
  description: string;
  risk: Risk;
  permissions: MatrixPermission[];
}

export interface MatrixPermission {
  key: string;
  label: string;
  description: string;
  dangerous: boolean;
  /** Keys of permissions that come with it. */
  implies: string[];
  /** Set when it has no effect now, in words: "No effect while Billing is off". */
  withoutEffect?: string;
  /** False: the actor may not give it (no escalation), so its box stays disabled with `grantWhy`. */
  grantable: boolean;
  grantWhy?: string;
}

export interface MatrixRole {
  key: string;
  label: string;
  description: string;
  builtIn: boolean;
  rank: number;
  superuser: boolean;
  dangerous: boolean;
  /** Version for the concurrent edit check. */
  version: number;
  /** People who hold it now. */
  people: number;
  /** n of n/N: permissions in effect. */
  held: number;
  total: number;
  /** Permission key to cell; a missing key is "not granted". */
  cells: Record<string, MatrixCell>;
  /** Labels of its base roles. */
  bases?: string[];
  hours?: RoleHours;
  /** In words; absent for full access. */
  api?: string;
  edit: { allowed: true } | { allowed: false; why: string };
  remove: { allowed: true } | { allowed: false; why: string };
}

/** The hours in which a role gives anything. */
export interface RoleHours {
  words: string;
  open: boolean;
  /** When it opens next, ISO 8601; absent while it is open, or when it does not within two weeks. */
  opens?: string;
}

export interface MatrixCell {
  /** own: stored on the role; inherited: from `from`; implied: by `from` permissions of the role; always: superuser. */
  by: "own" | "inherited" | "implied" | "always";
  /** Ways to roles, each by its labels ("Auditor → Viewer"), or permission labels that give it. */
  from?: string[];
  /** Of an own grant: ways to the base roles that give it as well, so that it stays when the own grant goes. */
  alsoFrom?: string[];
  /** What limits it, in words; absent when unconditional. */
  limits?: string[];
}
