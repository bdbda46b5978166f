import { database } from "#lib/kernel/database.ts";
import { registry } from "#lib/kernel/registry.ts";
import { seal } from "#lib/kernel/seal.ts";
import { secretPurpose } from "#lib/providers/index.ts";
import { storeProvider } from "./sync.ts";

/** A provider of this installation that really answers, on loopback. */
export async function connect(given: {
  slug?: string;
  issuer: string;
  client: { id: string; secret: string };
  settings?: object;
  syncRoles?: boolean;
  rules?: { claim?: string; value: string; role: string }[];
}): Promise<void> {
  const { slug = "oidc", issuer, client, settings, syncRoles = false, rules = [] } = given;
  await storeProvider({
    slug,
    syncRoles,
    rules,
    settings: { issuer, clientId: client.id, enforceHttps: false, autoCreateUsers: true, ...settings },
  });
  const secret = seal(secretPurpose, slug, client.secret);
  await database().identityProvider.update({ where: { slug }, data: { secret } });
}

/** Makes this process ask every provider anew. */
export function forgetMetadata(): void {
  const { slots } = registry();
  for (const name of slots.keys()) if (name.startsWith("oidc")) slots.delete(name);
}
