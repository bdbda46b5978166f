import type { Actor } from "./actor.ts";

/** Role sync is on: identity providers say who may do what, and users and roles are read-only here. */
export interface RoleSync {
  /** The names of the providers that sync. */
  by: readonly string[];
}

/** Synced: while an identity provider gives the roles, nobody signed in changes users or roles here. */
export function syncedRefusal(actor: Actor) {
  if (actor.kind !== "user" || !actor.roleSync) return undefined;
  return { code: "conflict" as const, reason: "synced", message: syncedMessage(actor.roleSync) };
}

const syncedMessage = ({ by }: RoleSync): string =>
  `Users and roles are read-only here while role sync is on: change groups at the identity provider (${by.join(", ")}), or switch role sync off under Settings, Single sign-on.`;
