import type { NextAuthOptions, User } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "#lib/kernel/env.ts";
import { log } from "#lib/kernel/log.ts";
import type { SignedIn } from "#lib/sign-in/index.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";
import { enterWithPasskey, enterWithPassword, enterWithSecondFactor } from "./sign-in-steps.ts";

type Carrier = User & { done?: Pick<SignedIn, "kind" | "token"> };

/** A sign-in at an identity provider that is under way: where it is, and what to do with whom it vouches for. */
export interface AtProvider {
  config: OAuthConfig<{ sub: string }>;
  cookies: Pick<NonNullable<NextAuthOptions["cookies"]>, "state" | "nonce" | "pkceCodeVerifier">;
  /** Answers the token of a session, or nothing when there is no new one. */
  arrive: () => Promise<string | undefined>;
}

/**
 * next-auth does the sign-in dance and sets the cookie; the cookie's value is our own session token.
 * Its tokens carry nothing else: who somebody is, and whether still, is read from our row at every request.
 * A right password that needs a second factor leads to the page that asks for it, and to no session.
 */
export function authOptions(
  secure: boolean,
  onFailure: (error: unknown) => void,
  atProvider?: AtProvider,
): NextAuthOptions {
  const attempt =
    (enter: (sent: Record<string, unknown>) => Promise<SignedIn>) =>
    async (sent: Record<string, string> | undefined): Promise<Carrier | null> => {
      try {
        return { id: "", done: await enter(sent ?? {}) };
      } catch (error) {
        onFailure(error);
        return null;
      }
    };
  return {
    secret: env().secret,
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: cookieLifetime },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    cookies: { sessionToken: sessionCookie(secure), ...atProvider?.cookies },
    providers: [
      ...(atProvider ? [atProvider.config] : []),
      Credentials({
        credentials: { identifier: {}, password: {} },
        authorize: attempt(enterWithPassword),
      }),
      Credentials({
        id: "second-factor",
        credentials: { code: {}, response: {}, remember: {} },
        authorize: attempt(enterWithSecondFactor),
      }),
      Credentials({
        id: "passkey",
        credentials: { response: {} },
        authorize: attempt(enterWithPasskey),
      }),
    ],
    callbacks: {
      signIn: async ({ user, account }) => {
        if (account?.type === "oauth") return arrived(user, atProvider, onFailure);
        return isSession(user as Carrier) || secondStep;
      },
      jwt: ({ token, user }) => ({ ...token, ...(user && { bearer: bearerOf(user as Carrier) }) }),
    },
    jwt: {
      // What next-auth keeps in the browser for the way to a provider and back has a salt, and is sealed as it likes.
      encode: async (given) => (given.salt ? encode(given) : String(given.token?.bearer ?? "")),
      decode: async (given) => {
        if (given.salt) return decode(given);
        return given.token ? { bearer: given.token } : null;
      },
    },
    // Its details may hold what was sent, so only the name of what failed is kept.
    logger: {
      error: (failure) =>
        log().warn(
          { where: "next-auth", failure, provider: atProvider?.config.id },
          "next-auth gave up on a request",
        ),
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Where whoever gave the right password shows the second factor. */
export const secondStep = "/second-factor";

async function arrived(
  user: Carrier,
  atProvider: AtProvider | undefined,
  onFailure: (error: unknown) => void,
): Promise<boolean> {
  try {
    const token = await atProvider?.arrive();
    if (token) user.done = { kind: "session", token };
    return token !== undefined;
  } catch (error) {
    onFailure(error);
    return false;
  }
}

const isSession = ({ done }: Carrier) => done?.kind === "session";
const bearerOf = (carrier: Carrier) => (isSession(carrier) ? carrier.done?.token : undefined);
