import type { Actor, UserActor } from "#lib/kernel/actor.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** These operations are about whoever asks, so it has to be a person. */
export function ownAccount(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
}

export const aboutSelf = ({ id, username }: UserActor) => ({ kind: "user" as const, id, name: username });

export const ownRow = {
  id: true,
  username: true,
  email: true,
  givenName: true,
  familyName: true,
  passwordHash: true,
  version: true,
} as const;
