import { throwIf } from "#lib/assignments/index.ts";
import { nameOf } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/id.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Provider, providersOf } from "#lib/providers/index.ts";
import { createTokenSchema } from "./schema.ts";
import { administratorsRefusal, createNeeds, givenRolesRefusal } from "./token-rules.ts";

const day = 24 * 60 * 60_000;
/** Lets a token that leaked be recognised by scanners and by people. */
const prefix = "bwk_scim_";

/** A token of a provisioning client. Its secret is shown once, in the answer, and kept by nobody here. */
export const createProvisioningToken = defineCommand({
  name: "create provisioning token",
  needs: createNeeds,
  dangerous: true,
  changesAccess: true,
  input: createTokenSchema,
  about: ({ name }) => ({ kind: "provisioning token", name }),
  async run({ tx, call, actor, at }, { name, provider: slug, scopes, days }) {
    if (scopes.includes("administrators")) throwIf(administratorsRefusal(actor, at), "scopes");
    const provider = await namedProvider(tx, slug);
    throwIf(await givenRolesRefusal(tx, actor, await currentPolicy(tx), provider, at), "provider");
    const secret = prefix + newSecretToken();
    const said = { name, provider: slug, scopes, expiresAt: new Date(at + days * day) };
    const stored = { tokenHash: hashToken(secret), createdAt: call.at, createdBy: nameOf(actor) };
    const { id } = await tx.scimToken.create({
      data: { ...said, ...stored, id: newId(at) },
      select: { id: true },
    });
    return {
      target: { kind: "provisioning token", id, name },
      after: said,
      result: { id, name, secret },
    };
  },
});

async function namedProvider(tx: Tx, slug: string): Promise<Provider | undefined> {
  if (slug === "") return undefined;
  const provider = (await providersOf(tx)).find((one) => one.slug === slug);
  if (provider) return provider;
  const message = "There is no such provider: it may have been deleted.";
  throw new AppError("invalid", "provider_not_found", message, { fields: { provider: [message] } });
}
