import { request as ask } from "node:http";
import type { ClientScope } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import { newHttpPort } from "#server/http-port.ts";
import { listen } from "#server/listen.ts";
import { openInstallation } from "./installation.ts";
import { listenerWith } from "./listener-with.ts";
import { nextNumber } from "./sequence.ts";

export interface ScimAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the door answers, for a test to look into
  body: any;
}

export type Send = (method: string, path: string, body?: unknown, headers?: object) => Promise<ScimAnswer>;

export interface ScimDoor {
  origin: string;
  /** A client that holds this token; without one it says nothing of who it is. */
  as(token: string | undefined): Send;
  close(): Promise<void>;
}

/** The listener as `npm start` has it, on a port of loopback, with everything but SCIM and health left out. */
export async function openScimDoor(catalogue?: string): Promise<ScimDoor> {
  const closeInstallation = await openInstallation(catalogue);
  const port = newHttpPort();
  const at = await listen(port.server, 0, "127.0.0.1");
  port.serve(listenerWith());
  const origin = `http://127.0.0.1:${at}`;
  return {
    origin,
    as: (token) => (method, path, body, headers) => send(at, token, method, path, body, headers),
    async close() {
      await port.close();
      await closeInstallation();
    },
  };
}

function send(
  port: number,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: object = {},
): Promise<ScimAnswer> {
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((done, fail) => {
    const request = ask(
      {
        host: "127.0.0.1",
        port,
        method,
        path: path.startsWith("/scim") ? path : `/scim/v2${path}`,
        agent: false,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(text !== undefined && {
            "content-type": "application/scim+json",
            ...(!("transfer-encoding" in headers) && { "content-length": Buffer.byteLength(text) }),
          }),
          ...headers,
        },
      },
      async (response) => {
        let answer = "";
        for await (const chunk of response) answer += chunk;
        const type = response.headers["content-type"] ?? "";
        const read = /json/.test(type) ? JSON.parse(answer) : answer;
        done({ status: response.statusCode ?? 0, headers: response.headers, body: read });
      },
    );
    request.on("error", fail);
    request.end(text);
  });
}

/** A token as the settings page makes them, without asking the rules. */
export async function scimToken(
  given: Partial<{
    scopes: ClientScope[];
    provider: string;
    expiresAt: Date;
    revokedAt: Date;
    name: string;
  }> = {},
): Promise<string> {
  const secret = newSecretToken();
  await database().scimToken.create({
    data: {
      id: newId(),
      name: "Okta",
      provider: "",
      scopes: ["users", "groups"],
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 86_400_000),
      ...given,
      tokenHash: hashToken(secret),
    },
  });
  return secret;
}

/** The description of somebody whom nobody has brought yet. */
export function newcomer(given: object = {}) {
  const name = `newcomer${nextNumber("newcomer")}`;
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: `${name}@example.com`,
    externalId: `00u${name}`,
    name: { givenName: "New", familyName: "Comer" },
    emails: [{ primary: true, value: `${name}@example.com`, type: "work" }],
    active: true,
    ...given,
  };
}

export const patch = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});
