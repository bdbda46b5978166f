import { cookies } from "next/headers";
import { AppError } from "#lib/kernel/errors.ts";
import { authOptions, secondStep } from "./auth-options.ts";
import { requestFacts } from "./request.ts";
import { runNextAuth } from "./run-next-auth.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";

/**
 * Takes next-auth through one of its credentials callbacks inside a server action, so that the form works without
 * scripts and shows our own errors. The action has proved its origin already.
 * @returns whether there is a session now, or a second factor has to be shown first
 */
export async function signInThrough(
  provider: "credentials" | "second-factor" | "passkey",
  sent: Record<string, unknown>,
): Promise<"session" | "second_factor"> {
  const { secure } = await requestFacts();
  let failure: unknown;
  const options = authOptions(secure, (error) => {
    failure = error;
  });
  const caught = await runNextAuth(options, secure, {
    action: "callback",
    provider,
    method: "POST",
    body: sent,
  });
  if (failure) throw failure;
  if (caught.url() === secondStep) return "second_factor";
  const cookie = sessionCookie(secure);
  const token = caught.cookie(cookie.name);
  if (!token) throw new AppError("unauthenticated", "bad_credentials", "Signing in did not work: try again.");
  (await cookies()).set(cookie.name, token, { ...cookie.options, maxAge: cookieLifetime });
  return "session";
}
