import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { providersOf } from "#lib/providers/index.ts";
import { scopesOf } from "./schema.ts";
import { administratorsRefusal, givenRolesRefusal, mayCreate, mayRevoke } from "./token-rules.ts";
import { baseOf } from "./user-rows.ts";

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

/** A token that runs out soon is said to: nobody is switched off any more once it has. */
const soon = 30 * 24 * 60 * 60_000;

export type ProvisioningToken = Awaited<ReturnType<(typeof listProvisioningTokens)["run"]>>["tokens"][number];
/** In the order in which they are listed. */
const states = ["ending", "live", "expired", "revoked"] as const;
type State = (typeof states)[number];
const place = (state: State) => states.indexOf(state);

/** All tokens, those that work first; of those that do not the latest. With the rules for a new one. */
export const listProvisioningTokens = defineQuery({
  name: "list provisioning tokens",
  needs: "viewSettings",
  input: z.object({}),
  async run({ reader, actor, at, call }) {
    const { access } = requireUser(actor);
    const providers = await providersOf(reader, access);
    const rows = await reader.scimToken.findMany({
      select: columns,
      orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
      take: 100,
    });
    const tokens = rows.map(({ provider, scopes, ...row }) => ({
      ...row,
      scopes: scopesOf(scopes),
      provider: providers.find(({ slug }) => slug === provider)?.label ?? (provider || undefined),
      state: stateOf(row, at),
    }));
    const choices = [];
    for (const provider of [undefined, ...providers]) {
      const refusal = await givenRolesRefusal(reader, actor, access, provider, at);
      choices.push({
        slug: provider?.slug ?? "",
        label: provider?.label,
        syncs: Boolean(provider?.enabled && provider.syncRoles),
        why: refusal?.message,
      });
    }
    return {
      base: baseOf(call),
      tokens: tokens.sort((one, other) => place(one.state) - place(other.state)),
      providers: choices,
      createWhy: mayCreate(actor, at),
      revokeWhy: mayRevoke(actor, at),
      administratorsWhy: administratorsRefusal(actor, at)?.message,
    };
  },
});

function stateOf({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date }, at: number): State {
  if (revokedAt) return "revoked";
  const left = expiresAt.getTime() - at;
  if (left <= 0) return "expired";
  return left < soon ? "ending" : "live";
}
