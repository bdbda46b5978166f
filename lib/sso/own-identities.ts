import { keepingAdministrators } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { aboutSelf, requireUser } from "#lib/kernel/require-user.ts";
import { protectionNotice } from "#lib/mail/index.ts";
import { localSignIn, type Provider, providersOf } from "#lib/providers/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { endSessionsOfIdentity } from "#lib/sessions/index.ts";
import { identityIdSchema, noInputSchema } from "./vouched-schema.ts";

/** One's own accounts at providers, and the providers that could be connected. */
export const viewOwnIdentities = defineQuery({
  name: "view connected accounts",
  needs: "signedIn",
  input: noInputSchema,
  async run({ reader, actor }) {
    const { id: userId } = requireUser(actor);
    const providers = await providersOf(reader);
    const labelOf = (slug: string) => providers.find((one) => one.slug === slug)?.label ?? slug;
    const identities = await reader.identity.findMany({
      where: { userId },
      select: { id: true, provider: true, email: true, createdAt: true, lastSignInAt: true },
      orderBy: { createdAt: "asc" },
    });
    const hasOther = await otherWaysIn(reader, userId, providers);
    const connected = identities.map((one) => ({
      ...one,
      label: labelOf(one.provider),
      disconnectWhy: hasOther(one.id) ? undefined : lastWayIn,
    }));
    const taken = new Set(identities.map(({ provider }) => provider));
    const open = providers
      .filter((one) => one.enabled && !taken.has(one.slug))
      .map(({ slug, label }) => ({ slug, label }));
    return { connected, open };
  },
});

/** Takes the connection away; sessions that it opened end, but for the one that asks. */
export const disconnectIdentity = defineCommand({
  name: "disconnect identity provider",
  needs: "signedIn",
  protects: true,
  changesAccess: true,
  dangerous: true,
  refusedUnderSync: true,
  input: identityIdSchema,
  prepare: async ({ actor, concerns }) => concerns(aboutSelf(requireUser(actor))),
  async run({ tx, call, actor }, { id }) {
    const self = requireUser(actor);
    await lockUser(tx, self.id);
    const identity = await tx.identity.findFirst({
      where: { id, userId: self.id },
      select: { provider: true, issuer: true, subject: true },
    });
    if (!identity) throw new AppError("not_found", "no_identity", "This account is not connected any more.");
    const hasOther = await otherWaysIn(tx, self.id, await providersOf(tx));
    if (!hasOther(id)) throw new AppError("conflict", "last_way_in", lastWayIn);
    const disconnected = () => tx.identity.delete({ where: { id }, select: { id: true } });
    await keepingAdministrators(tx, call.at, "edit", disconnected, self.id);
    const { provider, issuer, subject } = identity;
    const sessionsEnded = await endSessionsOfIdentity(
      tx,
      { issuer, subject, but: self.sessionId },
      "account disconnected",
      call,
    );
    return {
      target: aboutSelf(self),
      before: { provider },
      after: { sessionsEnded },
      result: { sessionsEnded },
      afterwards: protectionNotice(call, self, {
        subject: "A connected account was removed",
        what: `Your account was disconnected from ${provider}, which opens it no more.`,
      }),
    };
  },
});

const lastWayIn = "This is your only way in: set a password or connect another account first.";

/** Could they still sign in without this connection? As many statements for one as for all. */
async function otherWaysIn(
  reader: Reader | Tx,
  userId: string,
  providers: readonly Provider[],
): Promise<(identityId: string) => boolean> {
  const enabled = providers.filter((one) => one.enabled).map(({ slug }) => slug);
  const useful = await reader.identity.findMany({
    where: { userId, provider: { in: enabled } },
    select: { id: true },
  });
  const own = { OR: [{ passwordHash: { not: null } }, { passkeys: { some: {} } }] };
  const local =
    (await localSignIn(reader)) && (await reader.user.count({ where: { id: userId, ...own } })) > 0;
  return (identityId) => local || useful.some(({ id }) => id !== identityId);
}
