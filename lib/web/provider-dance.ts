import { refusedThere } from "#lib/oidc/index.ts";
import type { OidcProvider } from "#lib/providers/index.ts";
import { journeyLost, type Vouched } from "#lib/sso/index.ts";
import { type AtProvider, authOptions } from "./auth-options.ts";
import { type Journey, openJourney, type Purpose, sealJourney } from "./journey.ts";
import { providerConfig } from "./provider-config.ts";
import { runNextAuth } from "./run-next-auth.ts";
import { sessionCookie } from "./session-cookie.ts";

/** As much of the browser as the dance reads and writes: what it keeps between leaving and coming back. */
export interface Keeper {
  origin: string;
  secure: boolean;
  cookie(name: string): string | undefined;
  keep(name: string, value: string): void;
  forget(name: string): void;
}

/** How long somebody may take at the provider, in seconds. */
export const journeyLasts = 15 * 60;

const kinds = ["state", "nonce", "pkceCodeVerifier"] as const;

const cookieName = (secure: boolean, kind: string) => `${secure ? "__Host-" : ""}bailiwick-${kind}`;
export const journeyCookie = (secure: boolean) => cookieName(secure, "journey");
export const keptCookie = (secure: boolean) => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure,
});

export interface Leaving {
  purpose: Purpose;
  next: string;
  session?: string | undefined;
  at: Date;
}

/** Starts a sign-in at the provider and answers its address. State, nonce and PKCE verifier stay in the browser, sealed. */
export async function leaveFor(
  provider: OidcProvider,
  keeper: Keeper,
  { purpose, next, session, at }: Leaving,
): Promise<string> {
  // Asked first, because next-auth would not say what was wrong.
  const config = await providerConfig(provider, keeper.origin, purpose);
  const { slug } = provider;
  const { secure } = keeper;
  const cookies = cookiesOf(secure);
  const options = authOptions(secure, () => {}, { config, cookies, arrive: async () => undefined });
  const caught = await runNextAuth(options, secure, { action: "signin", provider: slug, method: "POST" });
  const to = caught.url();
  const state = to && new URL(to, keeper.origin).searchParams.get("state");
  if (!to || !state) throw journeyLost();
  for (const { name } of Object.values(cookies)) keeper.keep(name, caught.cookie(name) ?? "");
  const journey: Journey = { state, purpose, next, to, startedAt: at.getTime(), ...(session && { session }) };
  keeper.keep(journeyCookie(secure), sealJourney(slug, journey));
  return to;
}

/** Where a browser came back from, as long as the journey is its own. */
export function journeyOf(
  slug: string,
  keeper: Pick<Keeper, "cookie" | "secure">,
  parameters: URLSearchParams,
): Journey | undefined {
  const journey = openJourney(slug, keeper.cookie(journeyCookie(keeper.secure)));
  return journey && journey.state === parameters.get("state") ? journey : undefined;
}

/**
 * Ends the journey: what the provider said is checked, and whoever it vouches for handed to `arrive`.
 * @returns the session's token, or undefined when what it was for makes none
 */
export async function comeBack(
  provider: OidcProvider,
  keeper: Keeper,
  parameters: URLSearchParams,
  arrive: (vouched: Vouched, journey: Journey) => Promise<string | undefined>,
): Promise<string | undefined> {
  const { secure } = keeper;
  const journey = journeyOf(provider.slug, keeper, parameters);
  const cookies = cookiesOf(secure);
  const kept = Object.values(cookies).map(({ name }) => [name, keeper.cookie(name) ?? ""] as const);
  for (const [name] of kept) keeper.forget(name);
  keeper.forget(journeyCookie(secure));
  if (!journey) throw journeyLost();
  if (parameters.has("error")) throw refusedThere(provider);

  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  let vouched: Vouched | undefined;
  const config = await providerConfig(provider, keeper.origin, journey.purpose, {
    found: (word) => {
      vouched = word;
    },
    fail,
  });
  let made: { token: string | undefined } | undefined;
  const finish = async () => {
    if (!vouched) throw journeyLost();
    made = { token: await arrive(vouched, journey) };
    return made.token;
  };
  const options = authOptions(secure, fail, { config, cookies, arrive: finish });
  const caught = await runNextAuth(options, secure, {
    action: "callback",
    provider: provider.slug,
    method: "GET",
    query: known(parameters),
    cookies: Object.fromEntries(kept),
  });
  if (failure) throw failure;
  if (!made) throw journeyLost();
  return made.token && caught.cookie(sessionCookie(secure).name);
}

const cookiesOf = (
  secure: boolean,
): AtProvider["cookies"] & Record<(typeof kinds)[number], { name: string }> => {
  const one = (kind: string) => ({
    name: cookieName(secure, kind),
    options: { ...keptCookie(secure), maxAge: journeyLasts },
  });
  return { state: one("state"), nonce: one("nonce"), pkceCodeVerifier: one("pkce") };
};

/** What an answer may consist of, each once: what else came along is nobody's. */
function known(parameters: URLSearchParams): Record<string, string> {
  const sent = [...parameters].filter(([name]) => ["code", "state", "iss"].includes(name));
  if (new Set(sent.map(([name]) => name)).size < sent.length) throw journeyLost();
  return Object.fromEntries(sent);
}
