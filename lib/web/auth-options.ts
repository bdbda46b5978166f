import type { NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import type { SignedIn } from "#lib/sign-in/index.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";
import { enterWithPasskey, enterWithPassword, enterWithSecondFactor } from "./sign-in-steps.ts";

type Carrier = User & { done?: SignedIn };

/**
 * next-auth does the sign-in dance and sets the cookie; the cookie's value is our own session token.
 * Its tokens carry nothing else: who somebody is, and whether still, is read from our row at every request.
 * A right password that needs a second factor leads to the page that asks for it, and to no session.
 */
export function authOptions(
  secure: boolean,
  onFailure: (error: unknown) => void = reportBug,
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
    cookies: { sessionToken: sessionCookie(secure) },
    providers: [
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
      signIn: ({ user }) => isSession(user as Carrier) || secondStep,
      jwt: ({ token, user }) => ({ ...token, ...(user && { bearer: bearerOf(user as Carrier) }) }),
    },
    jwt: {
      encode: async ({ token }) => String(token?.bearer ?? ""),
      decode: async ({ token }) => (token ? { bearer: token } : null),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}

/** Where whoever gave the right password shows the second factor. */
export const secondStep = "/second-factor";

const isSession = ({ done }: Carrier) => done?.kind === "session";
const bearerOf = (carrier: Carrier) => (isSession(carrier) ? carrier.done?.token : undefined);

function reportBug(error: unknown): void {
  if (!(error instanceof AppError)) logBug(error, "sign-in");
}
