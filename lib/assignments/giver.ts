import type { Actor } from "#lib/kernel/actor.ts";

/** Who gave something, as a row keeps it: by name, since the account may be gone one day. */
export const giverOf = (actor: Actor): string | null => (actor.kind === "user" ? actor.username : null);
