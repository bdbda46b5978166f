import {
  AuthorizationResponseError,
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  getValidatedIdTokenClaims,
  None,
  OperationProcessingError,
  processAuthorizationCodeResponse,
  processUserInfoResponse,
  ResponseBodyError,
  userInfoRequest,
  validateApplicationLevelSignature,
  validateAuthResponse,
  WWWAuthenticateChallengeError,
} from "oauth4webapi";
import { AppError } from "#lib/kernel/errors.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import { discover, requestOptions } from "./discovery.ts";
import type { TestOutcome } from "./test-runs.ts";

export interface CodeAnswer {
  /** The query with which the provider sent the browser back. */
  query: string;
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/** The whole code flow, with every check, for what the provider says; what goes wrong is said in words. */
export async function exchangeCode(provider: OidcProvider, answer: CodeAnswer): Promise<TestOutcome> {
  try {
    return await exchange(provider, answer);
  } catch (error) {
    return { failure: wordsOf(error) };
  }
}

async function exchange(provider: OidcProvider, answer: CodeAnswer): Promise<TestOutcome> {
  const { settings, clientSecret } = provider;
  const options = requestOptions(settings.enforceHttps);
  const server = await discover(settings.issuer, settings.enforceHttps);
  const client: Client = { client_id: settings.clientId };
  const found = validateAuthResponse(server, client, new URLSearchParams(answer.query), answer.state);
  const auth = authOf(server, clientSecret);
  const { redirectUri, verifier, nonce } = answer;
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    auth,
    found,
    redirectUri,
    verifier,
    options,
  );
  const tokens = await processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await validateApplicationLevelSignature(server, response, options);
  const idToken = getValidatedIdTokenClaims(tokens);
  if (!idToken) throw new Error("No ID token came.");
  const more = await userinfo(server, client, tokens.access_token, idToken.sub, options);
  const claims = { ...idToken, ...more };
  return { claims, ...(server.userinfo_endpoint && !more && { unread: "userinfo_failed" as const }) };
}

function authOf(server: AuthorizationServer, secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return methods.includes("client_secret_basic") ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

/** Undefined when there is none or it fails: then nothing may be concluded from what is missing. */
async function userinfo(
  server: AuthorizationServer,
  client: Client,
  token: string,
  subject: string,
  options: ReturnType<typeof requestOptions>,
) {
  if (!server.userinfo_endpoint) return undefined;
  try {
    const response = await userInfoRequest(server, client, token, options);
    return await processUserInfoResponse(server, client, subject, response);
  } catch {
    return undefined;
  }
}

const known: Record<string, string> = {
  invalid_client: "The provider refuses the client ID or the client secret: look at both.",
  unauthorized_client:
    "The provider does not let this client sign people in with a code: look at its registration.",
  invalid_grant: "The provider refuses the code: it was used before or too late. Try again.",
  redirect_uri_mismatch: "The provider knows another redirect URI: copy the one of this page there.",
  access_denied:
    "The provider says that access was denied: somebody cancelled, or may not use this application.",
  invalid_scope: "The provider does not know one of the scopes: take out what it does not list.",
  login_required: "The provider wants somebody to sign in first.",
};

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const said = error.error_description ? `${error.error}: ${error.error_description}` : error.error;
    return [known[error.error] ?? "The provider refuses.", `It says: ${said.slice(0, 300)}`].join(" ");
  }
  if (error instanceof WWWAuthenticateChallengeError) return known.invalid_client ?? "";
  if (error instanceof OperationProcessingError) return `A check failed: ${error.message.slice(0, 300)}.`;
  return "The provider's answer could not be read.";
}
