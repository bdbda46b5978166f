import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";

/** What a provider does otherwise than an honest one; nothing of it: an honest one. */
export interface Plan {
  discovery?(document: Record<string, unknown>): Record<string, unknown>;
  /** Parameters of the way back. */
  callback?(parameters: URLSearchParams): void;
  claims?(claims: JWTPayload): JWTPayload;
  /** The ID token, when it is not signed as it should be. */
  sign?(claims: JWTPayload, keys: GenerateKeyPairResult): Promise<string>;
  token?(response: ServerResponse): void;
  userinfo?(response: ServerResponse): void;
  keys?(): unknown;
}

export interface HostileProvider {
  issuer: string;
  plan: Plan;
  /** What was asked, as path or as the parameters of a path. */
  asked: { path: string; parameters: URLSearchParams }[];
  rotateKeys(): Promise<void>;
  /** A token of any kind, signed with the key of now. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** What only the provider has. */
  keys(): GenerateKeyPairResult;
  stop(): Promise<void>;
}

export const hostileClient = { id: "console", secret: "shared with the console" };

/** A provider that signs everybody in as `jane` without a question, and misbehaves as it is told. */
export async function startHostileProvider(): Promise<HostileProvider> {
  let keys = await generateKeyPair("RS256", { extractable: true });
  let kid = randomUUID();
  const codes = new Map<string, { nonce: string; challenge: string; redirectUri: string }>();
  const self: HostileProvider = {
    issuer: "",
    plan: {},
    asked: [],
    async rotateKeys() {
      keys = await generateKeyPair("RS256", { extractable: true });
      kid = randomUUID();
    },
    sign: (claims, header) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid, ...header }).sign(keys.privateKey),
    keys: () => keys,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", self.issuer);
    const parameters = request.method === "POST" ? await form(request) : url.searchParams;
    self.asked.push({ path: url.pathname, parameters });
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return send(response, self.plan.discovery?.(document(self.issuer)) ?? document(self.issuer));
      case "/keys":
        return send(
          response,
          self.plan.keys?.() ?? {
            keys: [{ ...(await exportJWK(keys.publicKey)), kid, alg: "RS256", use: "sig" }],
          },
        );
      case "/authorize":
        return authorize(parameters, response);
      case "/token":
        if (self.plan.token) return self.plan.token(response);
        return send(response, await tokens(request, parameters));
      case "/userinfo":
        if (self.plan.userinfo) return self.plan.userinfo(response);
        return send(response, { sub: "jane", groups: ["it"] });
      default:
        return response.writeHead(404).end();
    }
  };

  const authorize = (parameters: URLSearchParams, response: ServerResponse) => {
    const code = randomUUID();
    const redirectUri = parameters.get("redirect_uri") ?? "";
    codes.set(code, {
      nonce: parameters.get("nonce") ?? "",
      challenge: parameters.get("code_challenge") ?? "",
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", parameters.get("state") ?? "");
    back.searchParams.set("iss", self.issuer);
    self.plan.callback?.(back.searchParams);
    response.writeHead(303, { location: back.href }).end();
  };

  const tokens = async (request: IncomingMessage, parameters: URLSearchParams) => {
    const code = codes.get(parameters.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(parameters.get("code_verifier") ?? "")
      .digest("base64url");
    const expected = `Basic ${btoa(`${encode(hostileClient.id)}:${encode(hostileClient.secret)}`)}`;
    if (!code || verifier !== code.challenge || parameters.get("redirect_uri") !== code.redirectUri)
      return { error: "invalid_grant" };
    const posted = parameters.get("client_secret") === hostileClient.secret;
    if (request.headers.authorization !== expected && !posted) return { error: "invalid_client" };
    const now = Math.floor(Date.now() / 1000);
    const { nonce } = code;
    const honest = { iss: self.issuer, aud: hostileClient.id, sub: "jane", iat: now, exp: now + 300, nonce };
    const more = { email: "jane@example.com", email_verified: true, auth_time: now };
    const claims = self.plan.claims?.({ ...honest, ...more }) ?? { ...honest, ...more };
    const signed = self.sign(claims);
    return {
      access_token: "access",
      token_type: "Bearer",
      expires_in: 300,
      id_token: await (self.plan.sign?.(claims, keys) ?? signed),
    };
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  self.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return self;
}

const document = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
  authorization_response_iss_parameter_supported: true,
});

/** As RFC 6749 wants it before base64. */
const encode = (text: string) => new URLSearchParams({ a: text }).toString().slice(2);

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

function send(response: ServerResponse, body: object): void {
  const status = "error" in body ? 400 : 200;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
