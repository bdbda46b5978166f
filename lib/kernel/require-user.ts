import type { Actor, UserActor } from "./actor.ts";
import { AppError } from "./errors.ts";

/** For operations that are about whoever asks: that has to be a person. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError("unauthenticated", "sign_in_required", "Sign in to go on.");
}

/** For the trail: what somebody did to their own account. */
export const aboutSelf = ({ id, username }: UserActor) => ({ kind: "user" as const, id, name: username });
