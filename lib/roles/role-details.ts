import type { ApiAccess, Attribute, Limit, Window } from "#lib/access/index.ts";
import type { MatrixGroup, RoleHours } from "./matrix-data.ts";

type Allowed = { allowed: true } | { allowed: false; why: string };

/** One role with all that its editor needs; built on the server, plain data. */
export interface RoleDetails {
  key: string;
  label: string;
  description: string;
  builtIn: boolean;
  superuser: boolean;
  dangerous: boolean;
  rank: number;
  version: number;
  people: number;
  groups: MatrixGroup[];
  /** Its own grants: permission key to limits, none for an unconditional one. */
  grants: Record<string, Limit[]>;
  /** What its base roles give, or what comes along: where from, and what limits it, in words. */
  given: Record<string, { from: string[]; limits?: string[] }>;
  bases: string[];
  choices: BaseChoice[];
  /** Labels of the roles that inherit it. */
  heirs: string[];
  attributes: EditedAttribute[];
  /** Keys of the permissions that guard this console: limited by data, they open nothing here. */
  guarding: string[];
  window?: Window;
  hours?: RoleHours;
  api: ApiAccess;
  edit: Allowed;
  remove: Allowed;
}

/** A role that this one inherits or might. */
export interface BaseChoice {
  key: string;
  label: string;
  description: string;
  /** How many permissions it gives. */
  gives: number;
  /** What inheriting it means, when it is dangerous. */
  danger?: string;
  /** Set when it cannot be inherited by this role, or not by this actor's doing. */
  why?: string;
}

/** An attribute of the catalogue; a managed one with the values and groups that there are. */
export interface EditedAttribute extends Attribute {
  known?: { key: string; label: string }[];
  groups?: { key: string; label: string; members: string[] }[];
}
