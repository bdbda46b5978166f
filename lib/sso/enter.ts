import { heldRows } from "#lib/assignments/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { holdProviders, providersOf } from "#lib/providers/index.ts";
import { countSignIn, endSession, replaced, type StartedSession, startSession } from "#lib/sessions/index.ts";
import { accountOf } from "./account-of.ts";
import { syncRoles } from "./sync-roles.ts";
import { trustedAmong } from "./trusted-provider.ts";
import type { Vouched } from "./vouched.ts";
import { enterSchema } from "./vouched-schema.ts";

/**
 * Lets in whom a provider vouches for. The doors call it once everything about the answer has been checked; nobody
 * else can: it is the product's own. Roles first, session second, so that a change of roles does not end it at birth.
 * Whoever is known and keeps their roles waits for nobody who changes access.
 */
export const enterVouched = defineCommand({
  name: "sign in with identity provider",
  needs: "system",
  boundBy: "signIns",
  changesAccess: "sometimes",
  input: enterSchema,
  about: ({ email, subject }) => ({ kind: "user", name: email ?? subject }),
  async prepare({ reader, concerns }, vouched) {
    const user = await knownUser(reader, vouched);
    if (user) concerns({ kind: "user", id: user.id, name: user.username });
  },
  async run({ tx, call }, { replaces, ...vouched }) {
    await holdProviders(tx);
    const access = await currentPolicy(tx);
    const providers = await providersOf(tx, access);
    const provider = trustedAmong(providers, vouched);
    const { id, username, how } = await accountOf(tx, call, provider, vouched);
    const { claims, unread } = vouched;
    const person = { userId: id, username, claims, unread, held: await heldRows(tx, id, call.at) };
    const syncing = { provider, providers, access, source: "idp" as const };
    const roles = how === "owner" ? undefined : (await syncRoles(tx, call, syncing, [person])).get(id);
    await countSignIn(tx, id);
    await tx.user.update({ where: { id }, data: { lastSignInAt: call.at }, select: { id: true } });
    if (replaces) await endSession(tx, replaces, replaced, call);
    const { slug: through, kind: method } = provider;
    const { issuer, subject, session: idpSession, idToken, authenticatedAt } = vouched;
    const atProvider = { provider: through, issuer, subject, idpSession, idToken, authenticatedAt };
    const session: StartedSession = await startSession(tx, call, id, { method, atProvider });
    return {
      target: { kind: "user", id, name: username },
      after: { method, provider: provider.slug, account: how, ...(roles && { sync: roles.outcome }) },
      result: { ...session, kind: "session" as const },
    };
  },
});

async function knownUser(reader: Reader, { issuer, subject }: Vouched) {
  const identity = await reader.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, username: true } } },
  });
  return identity?.user;
}
