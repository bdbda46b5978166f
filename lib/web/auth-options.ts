import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "#lib/kernel/env.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { absoluteLimit, type StartedSession } from "#lib/sessions/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { currentCall } from "./session.ts";
import { sessionCookie } from "./session-cookie.ts";

/**
 * next-auth does the sign-in dance and sets the cookie; the cookie's value is our own session token.
 * Its tokens carry nothing else: who somebody is, and whether still, is read from our row at every request.
 */
export function authOptions(secure: boolean, onFailure?: (error: unknown) => void): NextAuthOptions {
  return {
    secret: env().secret,
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: absoluteLimit / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    cookies: { sessionToken: sessionCookie(secure) },
    providers: [
      Credentials({
        credentials: { identifier: {}, password: {} },
        async authorize(sent) {
          try {
            const started = await runCommand(signIn, await currentCall("action"), sent);
            return { id: "", started };
          } catch (error) {
            onFailure?.(error);
            return null;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({
        ...token,
        ...(user && { bearer: (user as { started?: StartedSession }).started?.token }),
      }),
    },
    jwt: {
      encode: async ({ token }) => String(token?.bearer ?? ""),
      decode: async ({ token }) => (token ? { bearer: token } : null),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}
