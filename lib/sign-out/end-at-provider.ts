import { z } from "zod";
import type { Target } from "#lib/kernel/audit.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { type LoggedOut, logoutRefused, readLogoutToken } from "#lib/oidc/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import { endSessionsAtProvider, signedOutThere } from "#lib/sessions/index.ts";
import { isFirstUse, wasUsed } from "./first-use.ts";
import { oidcProvider } from "./oidc-provider.ts";
import { noSuchProvider, replayed } from "./refusals.ts";

const inputSchema = z.object({ provider: z.string().max(40), token: z.string().max(16_384) });
const targetOf = (slug: string): Target => ({ kind: "identity provider", name: slug });

/**
 * Somebody signed out at their provider, which says so to the console itself: their session here is over too.
 * Only tokens that are refused are counted, so that nobody who sends such keeps a real one out.
 */
export const endSessionsByProvider = defineCommand({
  name: "end sessions for identity provider",
  needs: "system",
  boundBy: "signed answer",
  input: inputSchema,
  about: ({ provider }) => targetOf(provider),
  async prepare({ reader, call }, { provider: slug, token }): Promise<LoggedOut> {
    // One that is switched off lets nobody in any more, but may well end what it began.
    const provider = await oidcProvider(reader, slug);
    const read = provider ? await tryToken(provider, token) : { refusal: noSuchProvider };
    if (!("refusal" in read) && !(await wasUsed(reader, read))) return read;
    // Counted before it is told to anybody, so that neither the trail nor the log grows without bound.
    await takeTurn("logoutToken", call);
    throw "refusal" in read ? read.refusal() : replayed();
  },
  async run({ tx, call }, { provider }, word) {
    if (!(await isFirstUse(tx, word))) throw replayed();
    const { issuer, subject, session: idpSession } = word;
    const gone = { issuer, subject, idpSession };
    const users = await endSessionsAtProvider(tx, gone, signedOutThere, call);
    const after = { provider, sessionsEnded: users.length };
    return { target: (await onlyOne(tx, users)) ?? targetOf(provider), after, result: after };
  },
});

async function tryToken(
  provider: OidcProvider,
  token: string,
): Promise<LoggedOut | { refusal: () => AppError }> {
  try {
    return await readLogoutToken(provider, token);
  } catch (cause) {
    return { refusal: () => (cause instanceof AppError ? cause : logoutRefused(provider, cause)) };
  }
}

/** Whose sessions they were, for the trail. */
async function onlyOne(tx: Tx, users: string[]): Promise<Target | undefined> {
  const [id, ...others] = new Set(users);
  if (id === undefined || others.length > 0) return undefined;
  const user = await tx.user.findUnique({ where: { id }, select: { username: true } });
  return user ? { kind: "user", id, name: user.username } : undefined;
}
