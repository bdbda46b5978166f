import type { Actor, ClientActor } from "#lib/kernel/actor.ts";

/** The client that asks. Operations that need one of its scopes are run by nobody else. */
export function clientOf(actor: Actor): ClientActor {
  if (actor.kind === "client") return actor;
  throw new Error("this operation is a provisioning client's");
}
