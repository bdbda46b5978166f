import type { ApiAccess, Attribute, Condition, Limit, Scope, Window } from "./catalogue.ts";

/** What `compile` reads: the present roles and permissions, from the database. Unknown keys in it are ignored. */
export interface PolicySource {
  permissions: readonly { key: string; implies: readonly string[] }[];
  roles: readonly RoleSource[];
  attributes: readonly Attribute[];
  groups?: readonly ValueGroup[] | undefined;
}

/** Managed values of an attribute that a limit may name together: "EU firewalls" are these data sources. */
export interface ValueGroup {
  attribute: string;
  key: string;
  members: readonly string[];
}

export interface RoleSource {
  key: string;
  rank: number;
  superuser: boolean;
  except: readonly string[];
  blocking: boolean;
  inherits: readonly string[];
  /** No limits: unconditional. */
  grants: readonly { permission: string; limits: readonly Limit[] }[];
  window?: Window | undefined;
  api: ApiAccess;
}

/** A subject's hold on a role. Instants are epoch milliseconds; active while `start <= at < end`. */
export interface AssignmentSource {
  /** Shown in explanations; unique within the subject. */
  readonly id: string;
  readonly role: string;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly window?: Window | undefined;
  /** Narrows `organization` or `team` scope to this one. */
  readonly organization?: string | undefined;
  readonly team?: string | undefined;
}

/** A value: it is frozen when a policy is first asked about it, and a changed one is a new object. */
export interface Subject {
  readonly id: string;
  readonly active: boolean;
  readonly assignments: readonly AssignmentSource[];
  readonly organizations?: readonly string[] | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly attributes?: Attributes | undefined;
}

export type AttributeValue = string | number | readonly (string | number)[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What is acted on. Instants among the attributes are epoch milliseconds or ISO 8601 strings. */
export interface Resource {
  type?: string | undefined;
  id?: string | undefined;
  organization?: string | undefined;
  team?: string | undefined;
  /** Subject id of the owner. */
  owner?: string | undefined;
  /** Subject ids to whom it is assigned. */
  assignees?: readonly string[] | undefined;
  attributes?: Attributes | undefined;
}

export interface Question {
  permission: string;
  /** Epoch milliseconds. */
  at: number;
  resource?: Resource | undefined;
  action?: { attributes?: Attributes | undefined } | undefined;
  context?: Attributes | undefined;
}

/** A condition of a residual filter: groups come with their present members, so that a host can query by values. */
export type ResidualCondition = Condition | (GroupCondition & { members: readonly string[] });
export type GroupCondition = Extract<Condition, { test: "inGroup" }>;

/** A limit as the residual filter of a decision: which organizations or teams, whose things, which conditions. */
export interface ResidualLimit extends Limit {
  /** For scope `organization` or `team`: the ids that pass. */
  ids?: readonly string[] | undefined;
  scope: Scope;
  where: ResidualCondition[];
}

export type Effect = "allow" | "limited" | "deny";
