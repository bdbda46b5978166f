import { z } from "zod";
import type { Tx } from "#lib/kernel/database.ts";
import { logBug } from "#lib/kernel/log.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { unseal } from "#lib/kernel/seal.ts";
import { endSession } from "./end-sessions.ts";
import { idTokenPurpose } from "./start-session.ts";

/** Where a session that ended came from: its holder may want to sign out there as well. */
export interface CameFrom {
  provider: string;
  issuer: string;
  idToken: string | undefined;
}

/** Ends the session that asks. The row stays as history. */
export const signOut = defineCommand({
  name: "sign out",
  needs: "enrolling",
  boundBy: "ended session",
  input: z.object({}),
  async run({ tx, actor, call }) {
    const { sessionId, username } = requireUser(actor);
    const cameFrom = await originOfSession(tx, sessionId);
    await endSession(tx, sessionId, "signed out", call);
    return { target: { kind: "session", id: sessionId, name: username }, result: { cameFrom } };
  },
});

async function originOfSession(tx: Tx, id: string): Promise<CameFrom | undefined> {
  const select = { provider: true, issuer: true, idToken: true };
  const { provider, issuer, idToken } = await tx.session.findUniqueOrThrow({ where: { id }, select });
  if (provider === null || issuer === null) return undefined;
  return { provider, issuer, idToken: idToken ? opened(id, idToken) : undefined };
}

/** Nobody stays signed in because the installation's secret is another one by now. */
function opened(sessionId: string, sealed: Uint8Array): string | undefined {
  try {
    return unseal(idTokenPurpose, sessionId, sealed);
  } catch (error) {
    logBug(error, "sign-out");
    return undefined;
  }
}
