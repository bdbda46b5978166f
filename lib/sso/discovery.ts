import { type AuthorizationServer, discoveryRequest, processDiscoveryResponse } from "oauth4webapi";
import { AppError } from "#lib/kernel/errors.ts";
import { readJson } from "#lib/kernel/read-json.ts";
import { requestOptions } from "#lib/oidc/index.ts";
import { closedAddressIn, largestAnswer } from "#lib/outgoing/index.ts";

/** What a provider's metadata says, as the settings page shows it. */
export interface Found {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint: string | undefined;
  endSessionEndpoint: string | undefined;
  backChannelLogout: boolean;
  /** Undefined when it does not say. */
  pkce: boolean | undefined;
  scopes: string[] | undefined;
  claims: string[] | undefined;
}

const wellKnown = "/.well-known/openid-configuration";
type Fault =
  | "no_address"
  | "plain_http"
  | "closed_address"
  | "unreachable"
  | "elsewhere"
  | "no_metadata"
  | "other_issuer"
  | "endpoint_missing";
const refusal = (fault: Fault, message: string) =>
  new AppError("invalid", "discovery_failed", message, { details: { fault } });

/** An issuer as somebody pasted it, perhaps as the address of its metadata. */
export function issuerOf(pasted: string): string {
  const text = pasted.trim();
  return text.endsWith(wellKnown) ? text.slice(0, -wellKnown.length) : text;
}

/**
 * Fetches and checks a provider's metadata as signing in does, for whoever sets it up.
 * @throws AppError that says what is wrong with them
 */
export async function lookAt(issuer: string, enforceHttps: boolean): Promise<AuthorizationServer> {
  if (!URL.canParse(issuer) || !/^https?:$/.test(new URL(issuer).protocol))
    throw refusal("no_address", "Give the issuer's address, such as https://login.example.com.");
  const url = new URL(issuer);
  if (enforceHttps && url.protocol !== "https:")
    throw refusal("plain_http", "The issuer has to be https. For a trial on one machine, allow plain http.");
  const options = requestOptions(enforceHttps, patience);
  const response = await discoveryRequest(url, options).catch((error: unknown) => {
    throw unreachable(url.host, error);
  });
  if (response.status !== 200) throw refusedStatus(url.host, response.status);
  const said = await saidIssuer(response.clone(), url.host);
  // A slash at the end is lost when somebody pastes the address of the metadata; what they say is what counts.
  if (said !== issuer && said !== `${issuer}/`)
    throw refusal(
      "other_issuer",
      `Its metadata names another issuer: ${said.slice(0, 300)}. Give the issuer exactly so.`,
    );
  const server = await processDiscoveryResponse(new URL(said), response).catch(() => {
    throw refusal("no_metadata", `What ${url.host} answers is no OpenID Connect metadata.`);
  });
  refuseIncomplete(server, enforceHttps);
  return server;
}

/** Somebody waits in front of a form. */
const patience = 6_000;

function unreachable(host: string, error: unknown): AppError {
  const closed = closedAddressIn(error);
  if (closed) return refusal("closed_address", closed.message);
  const late = error instanceof Error && error.name === "TimeoutError";
  return refusal(
    "unreachable",
    late
      ? `${host} did not answer within ${patience / 1000} seconds.`
      : `${host} cannot be reached from here, or does not answer as a provider does: look at the address, and at firewalls and certificates on the way.`,
  );
}

function refusedStatus(host: string, status: number): AppError {
  if (status >= 300 && status < 400)
    return refusal(
      "elsewhere",
      `${host} leads elsewhere. Give the address that the provider itself calls its issuer.`,
    );
  return refusal(
    "no_metadata",
    `${host} has no OpenID Connect metadata for this issuer: it answered ${status}.`,
  );
}

async function saidIssuer(response: Response, host: string): Promise<string> {
  const body = await response
    .text()
    .then((text) => readJson(text, largestAnswer))
    .catch(() => undefined);
  const issuer = typeof body === "object" && body !== null && "issuer" in body ? body.issuer : undefined;
  if (typeof issuer === "string" && URL.canParse(issuer)) return issuer;
  throw refusal("no_metadata", `What ${host} answers is no OpenID Connect metadata.`);
}

function refuseIncomplete(server: AuthorizationServer, enforceHttps: boolean): void {
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = server;
  if (!authorization_endpoint || !token_endpoint || !jwks_uri)
    throw refusal("endpoint_missing", "Its metadata lacks an endpoint that signing in needs.");
  const all = [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint];
  const isOpen = (text: string | undefined) =>
    text !== undefined && (!URL.canParse(text) || new URL(text).protocol !== "https:");
  if (enforceHttps && all.some(isOpen)) throw refusal("plain_http", "One of its endpoints is not https.");
}

export function foundIn(server: AuthorizationServer): Found {
  return {
    issuer: server.issuer,
    authorizationEndpoint: server.authorization_endpoint ?? "",
    tokenEndpoint: server.token_endpoint ?? "",
    userinfoEndpoint: server.userinfo_endpoint,
    endSessionEndpoint: textOf(server.end_session_endpoint),
    backChannelLogout: server.backchannel_logout_supported === true,
    pkce: server.code_challenge_methods_supported?.includes("S256"),
    scopes: server.scopes_supported,
    claims: server.claims_supported,
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** What is asked for at first: of the usual scopes those that the provider lists, all when it lists none. */
export function scopesFor({ scopes }: Pick<Found, "scopes">): string {
  const usual = ["openid", "email", "profile", "groups"];
  return usual.filter((scope) => scope === "openid" || !scopes || scopes.includes(scope)).join(" ");
}
