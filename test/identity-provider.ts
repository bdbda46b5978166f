import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration, type JWK } from "oidc-provider";

/** What the peer says of somebody who refuses there. */
export const saidOnDenial = "They did not want to.";

/** The headings of its pages. */
export const peerPages = {
  signIn: "Sign in at the provider",
  signOut: "Sign out of the provider?",
  signedOut: "Signed out of the provider",
};

/** Somebody at the provider, by username: every claim but the subject, as the provider would send it. */
export interface PeerAccount {
  /** The username, unless it says another. */
  sub?: string;
  /** What the provider says of how they signed in. */
  acr?: string;
  amr?: string[];
  claims: Record<string, unknown>;
}

export interface PeerClient {
  id: string;
  secret?: string;
  redirectUris: string[];
  postLogoutUris?: string[];
  backchannelLogoutUri?: string;
  authMethod?: "client_secret_basic" | "client_secret_post";
}

interface PeerOptions {
  /** A fixed port, for a peer whose address has to be known before it starts. */
  port?: number;
  clients?: PeerClient[];
  accounts?: Record<string, PeerAccount>;
  /** Only the userinfo endpoint tells claims, as most providers do it, or the ID token does too. */
  claimsIn?: "userinfo" | "id_token";
}

export interface IdentityProvider {
  issuer: string;
  /** Change them at will: the next sign-in tells the new claims. */
  accounts: Map<string, PeerAccount>;
  /** In the place of the one with the same id. */
  addClient(client: PeerClient): void;
  /** A new signing key; the old one stays published only if it is kept. */
  rotateKeys(keep?: "keep old"): void;
  /** While set, the userinfo endpoint answers with this status. */
  failUserinfo(status: number | undefined): void;
  /** Paths that were asked for, with their method. */
  requests: string[];
  stop(): Promise<void>;
}

/** A real OpenID provider on loopback: whoever signs in says only who they are, and nobody is asked for consent. */
export async function startIdentityProvider(options: PeerOptions = {}): Promise<IdentityProvider> {
  let clients = options.clients ?? [];
  const accounts = new Map(Object.entries(options.accounts ?? {}));
  const requests: string[] = [];
  let keys = [newKey()];
  let userinfoStatus: number | undefined;
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    requests.push(`${request.method} ${path}`);
    // A browser that shows its pages asks for one, and would complain.
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    if (path === "/me" && userinfoStatus) return void response.writeHead(userinfoStatus).end();
    handle(request, response);
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString("hex");

  const build = () => {
    const provider = new Provider(issuer, {
      ...configuration(port, accounts),
      clients: clients.map(registered),
      jwks: { keys },
      cookies: {
        // Cookies do not know ports: without names of their own two peers would sign out each other's people.
        names: { session: `peer-${port}`, interaction: `peer-${port}-i`, resume: `peer-${port}-r` },
        keys: [secret],
      },
      conformIdTokenClaims: options.claimsIn !== "id_token",
    });
    const plain = provider.callback();
    handle = (request, response) => {
      const uid = request.url?.match(/^\/interaction\/([^/?]+)$/)?.[1];
      if (uid === undefined) return plain(request, response);
      signIn(provider, accounts, request, response).catch((error) =>
        response.writeHead(400).end(String(error)),
      );
    };
  };
  build();

  return {
    issuer,
    accounts,
    requests,
    addClient(client) {
      clients = [...clients.filter(({ id }) => id !== client.id), client];
      build();
    },
    rotateKeys(keep) {
      keys = [newKey(), ...(keep ? keys : [])];
      build();
    },
    failUserinfo(status) {
      userinfoStatus = status;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Claims that some scope lets out; the last scope is for whatever a test makes up. */
const scopes = {
  email: ["email", "email_verified", "xms_edov"],
  profile: ["name", "given_name", "family_name", "preferred_username", "upn"],
  groups: ["groups", "roles", "department", "realm_access", "resource_access", "_claim_names", "hasgroups"],
};

function configuration(port: number, accounts: Map<string, PeerAccount>): Configuration {
  return {
    claims: { acr: null, amr: null, sid: null, auth_time: null, iss: null, openid: ["sub"], ...scopes },
    findAccount: (_context, sub) => {
      const account = [...accounts].find(([name, one]) => (one.sub ?? name) === sub)?.[1];
      return account && { accountId: sub, claims: () => ({ ...account.claims, sub }) };
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant(context) {
      const { provider, session, client, params } = context.oidc;
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: client?.clientId });
      grant.addOIDCScope(String(params?.scope ?? "openid"));
      await grant.save();
      return grant;
    },
    acrValues: ["urn:example:one-factor", "urn:example:two-factors"],
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    // Logout tokens go to a console on loopback, which the peer would not call by itself.
    fetch: (url, init) => fetch(url, { ...init, dispatcher: undefined } as RequestInit),
    renderError: (context, out) => {
      context.body = `Peer at ${port}: ${JSON.stringify(out)}`;
    },
  };
}

function registered(client: PeerClient) {
  return {
    client_id: client.id,
    client_secret: client.secret ?? "a secret that only the peer and the console know",
    redirect_uris: client.redirectUris,
    response_types: ["code" as const],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: client.authMethod ?? "client_secret_basic",
    post_logout_redirect_uris: client.postLogoutUris ?? [],
    ...(client.backchannelLogoutUri && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}

/** The sign-in page: one field and one button. */
async function signIn(
  provider: Provider,
  accounts: Map<string, PeerAccount>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") return page(response, 200);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
  if (sent.has("refuse")) {
    const refused = { error: "access_denied", error_description: saidOnDenial };
    return provider.interactionFinished(request, response, refused);
  }
  const name = sent.get("username") ?? "";
  const account = accounts.get(name);
  if (!account) return page(response, 401);
  const { acr, amr } = account;
  await provider.interactionFinished(request, response, {
    login: { accountId: account.sub ?? name, ...(acr && { acr }), ...(amr && { amr }) },
  });
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html>
<html lang="en"><title>Provider</title><h1>${peerPages.signIn}</h1>
<form method="post"><label>Name at the provider <input name="username" autofocus></label>
<button>Go on</button><button name="refuse" value="1">Refuse</button></form></html>`);
}

const logoutSource = (context: { body: unknown }, form: string) => {
  context.body = `<!doctype html><html lang="en"><title>Provider</title><h1>${peerPages.signOut}</h1>${form}
<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button></html>`;
};
const postLogoutSuccessSource = (context: { body: unknown }) => {
  context.body = `<!doctype html><html lang="en"><title>Provider</title><h1>${peerPages.signedOut}</h1></html>`;
};

function newKey(): JWK {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" } as JWK;
}
