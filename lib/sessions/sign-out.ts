import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { endSession } from "./end-sessions.ts";

/** Ends the session that asks. The row stays as history. */
export const signOut = defineCommand({
  name: "sign out",
  needs: "signedIn",
  input: z.object({}),
  async run({ tx, actor, call }) {
    if (actor.kind !== "user")
      throw new AppError("unauthenticated", "sign_in_required", "You are signed out already.");
    await endSession(tx, actor.sessionId, "signed out", call.at);
    return { target: { kind: "session", id: actor.sessionId, name: actor.username }, result: null };
  },
});
