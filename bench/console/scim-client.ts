import { createHash, randomBytes } from "node:crypto";
import type pg from "pg";
import type { Sent } from "./ask.ts";

/** Requests of a provisioning client. */
export type Scim = (method: "GET" | "POST" | "PATCH", path: string, body?: object) => Sent;

/** The provider whose groups make roles here, and one whose groups make none: the client of none. */
export type Provider = "company" | "";

/**
 * A client with tokens of its own. Each token may send so many requests a minute, so they take turns.
 * @param tokens how many
 */
export async function scimClient(database: pg.Client, provider: Provider, tokens: number): Promise<Scim> {
  const secrets = Array.from({ length: tokens }, () => randomBytes(32).toString("base64url"));
  for (const secret of secrets)
    await database.query(
      `INSERT INTO scim_tokens (id, name, token_hash, provider, scopes, created_at, expires_at)
      VALUES (gen_random_uuid(), 'bench', $1, $2, '{users,groups}', now(), now() + interval '1 day')`,
      [createHash("sha256").update(secret).digest(), provider],
    );
  let turn = 0;
  return (method, path, body) => {
    turn += 1;
    const headers = {
      authorization: `Bearer ${secrets[turn % secrets.length]}`,
      "content-type": "application/scim+json",
    };
    return { method, path: `/scim/v2${path}`, headers, ...(body && { body: JSON.stringify(body) }) };
  };
}

/** A provider that syncs roles: members of the group `hosts` become host managers. While it is there, users are read-only. */
export async function addSyncingProvider(database: pg.Client): Promise<void> {
  await database.query(
    `INSERT INTO identity_providers (id, slug, kind, label, enabled, sync_roles, settings, rules, created_at, updated_at)
    VALUES (gen_random_uuid(), 'company', 'oidc', 'Company login', true, true,
      '{"issuer":"https://company.example.com","clientId":"bailiwick"}',
      '[{"claim":"groups","value":"hosts","role":"host_manager"}]', now(), now())`,
  );
}

let count = 0;

/** A user that was not provisioned yet. */
export function newcomer() {
  count += 1;
  const email = `provisioned${count}@example.com`;
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: email,
    externalId: `00u${count}`,
    name: { givenName: "New", familyName: "Comer" },
    emails: [{ primary: true, value: email, type: "work" }],
    active: true,
  };
}

export const patchOf = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});
