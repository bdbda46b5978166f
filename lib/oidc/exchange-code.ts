import {
  AuthorizationResponseError,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from "oauth4webapi";
import { AppError } from "#lib/kernel/errors.ts";
import type { Claims, OidcProvider } from "#lib/providers/index.ts";
import { type Metadata, metadataOf, requestOptions } from "./metadata.ts";
import { proveSignature } from "./prove-signature.ts";
import { refusedThere, untrusted } from "./refusals.ts";
import { readUserinfo } from "./userinfo.ts";

/** What came back with the browser, and what was kept for it here. */
export interface Returned {
  parameters: Record<string, string>;
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

/** What the provider told, with everything about it checked. */
export interface Told {
  idToken: string;
  /** Of the ID token, which is signed. */
  claims: Claims & { iss: string; sub: string };
  /** Of the userinfo endpoint; undefined where there is none. */
  userinfo: Claims | "failed" | undefined;
}

/** How far the provider's clock may be off, in seconds. */
const tolerance = 60;

/** Turns the code that the browser brought into what the provider says of the person. */
export async function exchangeCode(provider: OidcProvider, returned: Returned): Promise<Told> {
  try {
    return await tryExchange(provider, returned);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw error instanceof AuthorizationResponseError ? refusedThere(provider) : untrusted(provider, error);
  }
}

/** The same for whoever sets the provider up, and has to know what was wrong: it throws in the words of whoever noticed. */
export async function tryExchange(provider: OidcProvider, returned: Returned): Promise<Told> {
  const metadata = await metadataOf(provider);
  const client = { client_id: provider.settings.clientId, [clockTolerance]: tolerance };
  const { idToken, accessToken, claims } = await tokensFor(provider, metadata, client, returned);
  const userinfo = await readUserinfo(provider, metadata, client, accessToken, claims.sub);
  return { idToken, claims, userinfo };
}

async function tokensFor(provider: OidcProvider, metadata: Metadata, client: Client, returned: Returned) {
  const { parameters, state, nonce, codeVerifier, redirectUri } = returned;
  const options = requestOptions(provider.settings.enforceHttps);
  const accepted = validateAuthResponse(metadata, client, new URLSearchParams(parameters), state);
  const authentication = authenticate(provider, metadata);
  const answer = await authorizationCodeGrantRequest(
    metadata,
    client,
    authentication,
    accepted,
    redirectUri,
    codeVerifier,
    options,
  );
  const tokens = await processAuthorizationCodeResponse(metadata, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await proveSignature(metadata, answer, options);
  const claims = getValidatedIdTokenClaims(tokens);
  if (!claims || !tokens.id_token) throw new Error("There is no ID token.");
  if (claims.iat > Date.now() / 1000 + tolerance) throw new Error("The ID token was issued in the future.");
  return { idToken: tokens.id_token, accessToken: tokens.access_token, claims };
}

/** The client says who it is in the way that the provider takes; basic authentication is every provider's default. */
function authenticate({ clientSecret }: OidcProvider, metadata: Metadata) {
  if (!clientSecret) return None();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const post = !methods.includes("client_secret_basic") && methods.includes("client_secret_post");
  return post ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}
