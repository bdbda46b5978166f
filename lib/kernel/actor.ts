import {
  type Capability,
  capabilities,
  decide,
  holds,
  type ResidualLimit,
  type Subject,
} from "#lib/access/index.ts";
import type { ActivePolicy } from "./active-policy.ts";
import type { Tx } from "./database.ts";
import type { RoleSync } from "./role-sync.ts";

/** Who is asking. Computed by a door from what it verified, never from input. */
export type Actor = UserActor | ClientActor | { kind: "anonymous" } | { kind: "system"; name: string };

export interface UserActor {
  kind: "user";
  id: string;
  username: string;
  name: string;
  email: string;
  sessionId: string;
  /** Epoch milliseconds: when this session last proved who it belongs to. */
  provenAt: number;
  /** How long that proof is enough for a dangerous act, in milliseconds; 0: for ever. */
  proofLasts: number;
  /** One of the roles asks for a second factor and there is none yet: enrolling is all that is open. */
  mustEnrol: boolean;
  /** Set while identity providers give the roles. */
  roleSync: RoleSync | undefined;
  /** Rights as they are at this request. */
  subject: Subject;
  access: ActivePolicy;
  /** The same actor as a transaction sees them: their rights by then, or nobody once session or account has ended. */
  reload(tx: Tx): Promise<Actor>;
}

/** Who acts, as a row keeps it: by name, since the account or token may be gone one day. Null for nobody. */
export const nameOf = (actor: Actor): string | null =>
  actor.kind === "user" ? actor.username : actor.kind === "anonymous" ? null : actor.name;

/** What a provisioning client may do. `existing` and `administrators` widen whose accounts it may do it to. */
export const clientScopes = ["users", "groups", "existing", "administrators"] as const;
export type ClientScope = (typeof clientScopes)[number];

/** An identity provider's provisioning client, known by its token. It is nobody's account and has no roles and no rank. */
export interface ClientActor {
  kind: "client";
  /** Of the token, which is also what the trail names. */
  id: string;
  name: string;
  scopes: readonly ClientScope[];
  /** Whose people these are: the provider's slug; empty where the token belongs to none. */
  provider: string;
  /** The same client as a transaction sees it, or nobody once its token has been revoked. */
  reload(tx: Tx): Promise<Actor>;
}

/**
 * Who may run an operation: everybody, whoever is signed in, the product itself, holders of a capability,
 * or a provisioning client whose token has the scope.
 * `enrolling` is `signedIn` that also holds for somebody who still has to set up a second factor.
 */
export type Requirement =
  | Capability
  | "public"
  | "enrolling"
  | "signedIn"
  | "system"
  | `scim:${"users" | "groups"}`;

export function mayRun(actor: Actor, requirement: Requirement, at: number): boolean {
  if (requirement === "public") return true;
  if (requirement === "system") return actor.kind === "system";
  if (isScope(requirement))
    return actor.kind === "client" && actor.scopes.some((scope) => requirement === `scim:${scope}`);
  if (actor.kind !== "user") return false;
  if (requirement === "enrolling") return true;
  if (actor.mustEnrol) return false;
  return requirement === "signedIn" || can(actor, requirement, at);
}

const isScope = (requirement: Requirement): requirement is `scim:${"users" | "groups"}` =>
  requirement === "scim:users" || requirement === "scim:groups";

/** Does the actor hold a capability in full now? */
export function can(actor: Actor, capability: Capability, at: number): boolean {
  if (actor.kind !== "user" || actor.mustEnrol) return false;
  const { policy, catalogue } = actor.access;
  return holds(policy, catalogue.capabilities, actor.subject, capability, at);
}

/**
 * How far the actor holds a capability now: everywhere, or within these limits; without any: not at all.
 * A list that lets limited holders in shows them what passes one of the limits, and nothing else.
 */
export function reachOf(
  actor: Actor,
  capability: Capability,
  at: number,
): "everywhere" | readonly ResidualLimit[] {
  if (actor.kind !== "user" || actor.mustEnrol) return [];
  const { policy, catalogue } = actor.access;
  const permission = catalogue.capabilities[capability];
  if (permission === undefined) return [];
  const { effect, limits } = decide(policy, actor.subject, { permission, at });
  return effect === "allow" ? "everywhere" : (limits ?? []);
}

/** Does the actor hold a capability at least within limits? */
export const reachesSomething = (actor: Actor, requirement: Requirement, at: number): boolean =>
  isCapability(requirement) && reachOf(actor, requirement, at).length > 0;

const isCapability = (requirement: Requirement): requirement is Capability =>
  capabilities.some((capability) => capability === requirement);

/** Has the actor proven who they are recently enough for a dangerous act? */
export function isProven(actor: Actor, at: number): boolean {
  if (actor.kind !== "user") return true;
  return actor.proofLasts === 0 || at - actor.provenAt <= actor.proofLasts;
}
