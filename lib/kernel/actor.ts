import { type Capability, holds, type Subject } from "#lib/access/index.ts";
import type { ActivePolicy } from "./active-policy.ts";

/** Who is asking. Computed by a door from what it verified, never from input. */
export type Actor = UserActor | { kind: "anonymous" } | { kind: "system"; name: string };

export interface UserActor {
  kind: "user";
  id: string;
  username: string;
  name: string;
  email: string;
  sessionId: string;
  /** Rights as they are at this request. */
  subject: Subject;
  access: ActivePolicy;
}

/** Who may run an operation: everybody, whoever is signed in, the product itself, or holders of a capability. */
export type Requirement = Capability | "public" | "signedIn" | "system";

export function mayRun(actor: Actor, requirement: Requirement, at: number): boolean {
  if (requirement === "public") return true;
  if (requirement === "system") return actor.kind === "system";
  if (actor.kind !== "user") return false;
  return requirement === "signedIn" || can(actor, requirement, at);
}

/** Does the actor hold a capability in full now? */
export function can(actor: Actor, capability: Capability, at: number): boolean {
  if (actor.kind !== "user") return false;
  const { policy, catalogue } = actor.access;
  return holds(policy, catalogue.capabilities, actor.subject, capability, at);
}
