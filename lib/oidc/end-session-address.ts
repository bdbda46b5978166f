import type { OidcProvider } from "#lib/providers/index.ts";
import { type Metadata, metadataOf } from "./metadata.ts";

interface Leaving {
  /** Of the session that ended here: another issuer is not told about it. */
  issuer: string;
  idToken: string | undefined;
  /** Where the provider sends people back to, unless its settings say another address. */
  back: string;
  state: string;
}

/** Somebody waits, and is signed out here already. */
const patience = 4_000;
/** Longer addresses are refused by many servers: without the token the provider asks the person first. */
const longestHint = 6_000;

/** Where the provider ends somebody's session with itself; undefined when it has no such place, or none that is safe. */
export async function endSessionAddress(
  provider: OidcProvider,
  { issuer, idToken, back, state }: Leaving,
): Promise<string | undefined> {
  const metadata = await inTime(metadataOf(provider));
  const endpoint = metadata?.issuer === issuer && safe(metadata, provider.settings.enforceHttps);
  if (!endpoint) return undefined;
  const { clientId, postLogoutUri } = provider.settings;
  if (idToken && idToken.length <= longestHint) endpoint.searchParams.set("id_token_hint", idToken);
  endpoint.searchParams.set("client_id", clientId);
  endpoint.searchParams.set("post_logout_redirect_uri", postLogoutUri ?? back);
  endpoint.searchParams.set("state", state);
  return endpoint.href;
}

function safe({ end_session_endpoint: address }: Metadata, enforceHttps: boolean): URL | undefined {
  if (typeof address !== "string" || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && !enforceHttps) ? url : undefined;
}

function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), patience);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
