import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import {
  addProvider,
  confirmWithProvider,
  connectIdentity,
  deleteProvider,
  disconnectIdentity,
  enterVouched,
  moveProvider,
  saveProvider,
  saveRules,
  saveSignOn,
  sealVouched,
  switchProvider,
  switchSync,
  type Vouched,
} from "#lib/sso/index.ts";
import { callAs, visitor } from "#test/people.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { asOwner, ofMany, once, several, someone } from "../example.ts";

const issuer = "https://company.example.com";
const rules = [{ claim: "groups", value: "it", role: "host_manager" }];
const slug = "company";

const vouched = (subject: string, more: Partial<Vouched> = {}): Vouched => ({
  ...{ provider: slug, issuer, subject, claims: {} },
  ...{ email: `${subject}@elsewhere.example.com`, emailVerified: true, ...more },
});

/** What a provider said of somebody, as the session that left for it gets it back. */
function sealed(call: Call, said: Vouched): string {
  const session = call.actor.kind === "user" ? call.actor.sessionId : "";
  return sealVouched(session, said, call.at.getTime(), call.at);
}

/** So many people are known at the provider, and one rule fits them. */
async function known(rows: number): Promise<void> {
  const provider = await storeProvider({ syncRoles: false, rules, settings: { issuer } });
  for (const who of await several(rows, someone)) await identify(who, provider, { groups: ["it"] });
}

const product = (): Call => ({ ...visitor(), actor: { kind: "system", name: "single sign-on" } });

export const providers = [
  once(addProvider, async () => {
    await noProviders();
    return [await asOwner(), { kind: "saml" as const, label: "Company" }];
  }),
  once(saveProvider, async () => {
    await storeProvider({ syncRoles: false, settings: { issuer } });
    const admission = { trustUnverifiedEmail: false, linkAdministrators: false, autoCreateUsers: false };
    const form = {
      slug,
      version: 1,
      label: "Other login",
      clientId: "other",
      scopes: "openid",
      ...admission,
    };
    return [await asOwner(), form];
  }),
  once(moveProvider, async () => {
    await storeProvider({ syncRoles: false });
    await storeProvider({ slug: "second", syncRoles: false });
    return [await asOwner(), { slug: "second", direction: "up" as const }];
  }),
  once(deleteProvider, async () => {
    await storeProvider({ syncRoles: false, enabled: false });
    return [await asOwner(), { slug, version: 1 }];
  }),
  once(switchProvider, async () => {
    await storeProvider({ syncRoles: false });
    return [await asOwner(), { slug, version: 1, on: false }];
  }),
  ofMany(switchSync, async (rows) => {
    await known(rows);
    return [await asOwner(), { slug, version: 1, on: true }];
  }),
  ofMany(saveRules, async (rows) => {
    await known(rows);
    const wanted = [...rules, { claim: "groups", value: "ops", role: "readonly" }];
    return [await asOwner(), { slug, version: 1, rules: wanted, confirmed: [] }];
  }),
  once(saveSignOn, async () => [await asOwner(), { disableLocalSignIn: false }]),
  once(enterVouched, async () => {
    const provider = await storeProvider({ rules, settings: { issuer } });
    const who = await someone();
    await identify(who, provider, { groups: ["it"] });
    return [product(), vouched(who.id, { email: who.email, claims: { groups: ["it"] } })];
  }),
  once(connectIdentity, async () => {
    await storeProvider({ syncRoles: false, settings: { issuer } });
    const call = await callAs(await someone());
    return [call, { vouched: sealed(call, vouched("jane")) }];
  }),
  once(disconnectIdentity, async () => {
    const provider = await storeProvider({ syncRoles: false, settings: { issuer } });
    const who = await someone();
    await identify(who, provider);
    const { id } = await database().identity.findFirstOrThrow({ where: { userId: who.id } });
    return [await callAs(who), { id }];
  }),
  once(confirmWithProvider, async () => {
    await storeProvider({ syncRoles: false, settings: { issuer } });
    const call = await callAs(await someone());
    await runCommand(connectIdentity, call, { vouched: sealed(call, vouched("john")) });
    return [call, { vouched: sealed(call, vouched("john", { authenticatedAt: call.at })) }];
  }),
];
