import { createHash, randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { authOptions, secondStep } from "./auth-options.ts";
import { requestFacts } from "./request.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";

/**
 * Takes next-auth through one of its credentials callbacks inside a server action, so that the form works without
 * scripts and shows our own errors. Its double-submit token is made here: the action has proved its origin already.
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
  const csrfToken = randomBytes(32).toString("hex");
  const proof = createHash("sha256").update(`${csrfToken}${env().secret}`).digest("hex");
  const request = {
    method: "POST",
    query: { nextauth: ["callback", provider] },
    body: { ...sent, csrfToken, json: "true" },
    cookies: { [secure ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token"]: `${csrfToken}|${proof}` },
    headers: {},
  };
  const caught = newResponse();
  await NextAuth(
    request as unknown as NextApiRequest,
    caught.response as unknown as NextApiResponse,
    options,
  );
  if (failure) throw failure;
  if (caught.url() === secondStep) return "second_factor";
  const cookie = sessionCookie(secure);
  const token = caught.cookie(cookie.name);
  if (!token) throw new AppError("unauthenticated", "bad_credentials", "Signing in did not work: try again.");
  (await cookies()).set(cookie.name, token, { ...cookie.options, maxAge: cookieLifetime });
  return "session";
}

/** As much of a Node response as next-auth uses: it only has to catch Set-Cookie and where to go. */
function newResponse() {
  let lines: string[] = [];
  let answer: unknown;
  const response = {
    status: () => response,
    getHeader: () => lines,
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === "set-cookie") lines = [value].flat();
      return response;
    },
    json(body: unknown) {
      answer = body;
      return response;
    },
    send: () => response,
    end: () => response,
  };
  return {
    response,
    url: () => (answer as { url?: string } | undefined)?.url,
    cookie(name: string) {
      const line = lines.find((each) => each.startsWith(`${name}=`));
      return line && decodeURIComponent(line.slice(name.length + 1).split(";")[0] ?? "");
    },
  };
}
