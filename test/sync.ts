import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { type Provider, providersOf } from "#lib/providers/index.ts";
import { nextInstant, type Person } from "./people.ts";

interface Stored {
  slug?: string;
  kind?: "oidc" | "saml";
  label?: string;
  enabled?: boolean;
  syncRoles?: boolean;
  rules?: { claim?: string; value: string; role: string }[];
  settings?: object;
}

/** A provider as the settings page would have stored it: it syncs roles by the claim `groups` unless told otherwise. */
export async function storeProvider(given: Stored = {}): Promise<Provider> {
  const { slug = "company", rules = [], settings = {}, ...rest } = given;
  const at = nextInstant();
  const row = {
    kind: "oidc",
    label: "Company login",
    enabled: true,
    syncRoles: true,
    ...rest,
    settings: { issuer: `https://${slug}.example.com`, clientId: "bailiwick", ...settings },
    rules: rules.map((rule) => ({ claim: "groups", ...rule })),
    updatedAt: at,
  };
  await database().identityProvider.upsert({
    where: { slug },
    create: { id: newId(), slug, createdAt: at, ...row },
    update: row,
  });
  const found = (await providersOf(database())).find((provider) => provider.slug === slug);
  if (!found) throw new Error("a stored provider is read again");
  return found;
}

/** Nobody gives roles but the administrators here. */
export async function noProviders(): Promise<void> {
  await database().identityProvider.deleteMany();
}

/** Makes somebody known at a provider, with the claims of their latest sign-in. */
export async function identify(
  { id: userId }: Pick<Person, "id">,
  provider: Pick<Provider, "slug">,
  claims: object = {},
): Promise<void> {
  const { slug } = provider;
  const issuer = `https://${slug}.example.com`;
  const at = nextInstant();
  const data = { provider: slug, issuer, claims, lastSignInAt: at };
  const key = { issuer_subject: { issuer, subject: userId } };
  await database().identity.upsert({
    where: key,
    create: { ...data, id: newId(), userId, subject: userId, createdAt: at },
    update: data,
  });
}
