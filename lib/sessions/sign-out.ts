import { z } from "zod";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { endSession } from "./end-sessions.ts";

/** Ends the session that asks. The row stays as history. */
export const signOut = defineCommand({
  name: "sign out",
  needs: "enrolling",
  input: z.object({}),
  async run({ tx, actor, call }) {
    const { sessionId, username } = requireUser(actor);
    await endSession(tx, sessionId, "signed out", call);
    return { target: { kind: "session", id: sessionId, name: username }, result: null };
  },
});
