import { z } from "zod";
import { givingRefusal, ruledRoles, throwIf } from "#lib/assignments/index.ts";
import { type Actor, can, nameOf } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand, defineQuery } from "#lib/kernel/operation.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { providersOf } from "#lib/providers/index.ts";
import { defaultRoles } from "#lib/sso/index.ts";
import { createTokenSchema, scopesOf, tokenIdSchema } from "./schema.ts";

const day = 24 * 60 * 60_000;
/** Lets a leaked token be recognised by scanners and by people. */
const prefix = "bwk_scim_";

const columns = {
  id: true,
  name: true,
  provider: true,
  scopes: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

/** A token of a provisioning client. Its secret is shown once, in the answer, and kept by nobody here. */
export const createProvisioningToken = defineCommand({
  name: "create provisioning token",
  needs: ["manageSettings", "manageUsers", "manageTokens"],
  dangerous: true,
  changesAccess: true,
  input: createTokenSchema,
  about: ({ name }) => ({ kind: "provisioning token", name }),
  async run({ tx, call, actor, at }, { name, provider, scopes, days }) {
    if (scopes.includes("administrators")) refuseAdministrators(actor, at);
    await refuseBeyond(tx, actor, provider, at);
    const secret = prefix + newSecretToken();
    const expiresAt = new Date(at + days * day);
    const said = { name, provider, scopes, expiresAt };
    const { id } = await tx.scimToken.create({
      data: {
        ...said,
        id: newId(at),
        tokenHash: hashToken(secret),
        createdAt: call.at,
        createdBy: nameOf(actor),
      },
      select: { id: true },
    });
    return { target: { kind: "provisioning token", id, name }, after: said, result: { id, secret } };
  },
});

/** Rank: who may not touch administrators makes no token that may. */
function refuseAdministrators(actor: Actor, at: number): void {
  if (actor.kind !== "user" || can(actor, "manageSuperusers", at)) return;
  const permission = actor.access.catalogue.capabilities.manageSuperusers;
  const who = permission ? `ask somebody who holds ${permission}` : "this catalogue lets nobody allow that";
  const message = `You may not create a token that changes administrators: ${who}.`;
  throwIf({ code: "forbidden", reason: "rank", message }, "scopes");
}

/**
 * No escalation: a token puts people into groups, the provider's rules make roles of groups. So nobody makes one for a
 * provider whose rules give what they could not give themselves.
 */
async function refuseBeyond(tx: Tx, actor: Actor, slug: string, at: number): Promise<void> {
  const access = await currentPolicy(tx);
  const provider = slug === "" ? undefined : (await providersOf(tx)).find((one) => one.slug === slug);
  if (slug !== "" && !provider) {
    const message = "There is no such provider: it may have been deleted.";
    throw new AppError("invalid", "provider_not_found", message, { fields: { provider: [message] } });
  }
  const first = provider ? defaultRoles(access, provider) : access.catalogue.newUserRoles;
  const given = (provider?.rules ?? [])
    .map(({ role }) => role)
    .filter((role) => access.policy.roles.has(role));
  for (const role of await ruledRoles(tx, [...first, ...given], "provider"))
    throwIf(givingRefusal(actor, role, at), "provider");
}

/** Ends a token at once: the client's next request fails, on every instance. */
export const revokeProvisioningToken = defineCommand({
  name: "revoke provisioning token",
  needs: ["manageSettings", "manageTokens"],
  changesAccess: true,
  input: tokenIdSchema,
  about: ({ id }) => ({ kind: "provisioning token", id, name: id }),
  async run({ tx, call }, { id }) {
    const token = await tx.scimToken.findUnique({ where: { id }, select: { name: true, revokedAt: true } });
    if (!token) throw new AppError("not_found", "token_not_found", "There is no such token.");
    const revokedAt = token.revokedAt ?? call.at;
    await tx.scimToken.update({ where: { id }, data: { revokedAt }, select: { id: true } });
    return {
      target: { kind: "provisioning token", id, name: token.name },
      before: { revoked: token.revokedAt !== null },
      after: { revoked: true },
      result: { name: token.name },
    };
  },
});

/** All tokens, those in use first; of what has ended the latest. */
export const listProvisioningTokens = defineQuery({
  name: "list provisioning tokens",
  needs: "viewSettings",
  input: z.object({}),
  async run({ reader, call: { at } }) {
    const providers = await providersOf(reader);
    const rows = await reader.scimToken.findMany({
      select: columns,
      orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
      take: 100,
    });
    return {
      providers: providers.map(({ slug, label, syncRoles }) => ({ slug, label, syncRoles })),
      tokens: rows.map(({ provider, scopes, ...row }) => ({
        ...row,
        scopes: scopesOf(scopes),
        provider: providers.find(({ slug }) => slug === provider)?.label ?? (provider || undefined),
        state: row.revokedAt
          ? ("revoked" as const)
          : row.expiresAt <= at
            ? ("expired" as const)
            : ("live" as const),
      })),
    };
  },
});
