import type { UserActor } from "#lib/kernel/actor.ts";

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
