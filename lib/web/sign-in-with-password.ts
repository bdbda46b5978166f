import { createHash, randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { absoluteLimit } from "#lib/sessions/index.ts";
import { authOptions } from "./auth-options.ts";
import { requestFacts } from "./request.ts";
import { sessionCookie } from "./session-cookie.ts";

/**
 * Takes next-auth through its credentials callback inside a server action, so that the form works without scripts
 * and shows our own errors. Its double-submit token is made here: the action has proved its origin already.
 */
export async function signInWithPassword(identifier: unknown, password: unknown): Promise<void> {
  const { secure } = await requestFacts();
  let failure: unknown;
  const options = authOptions(secure, (error) => {
    failure = error;
  });
  const csrfToken = randomBytes(32).toString("hex");
  const proof = createHash("sha256").update(`${csrfToken}${env().secret}`).digest("hex");
  const request = {
    method: "POST",
    query: { nextauth: ["callback", "credentials"] },
    body: { identifier, password, csrfToken, json: "true" },
    cookies: { [secure ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token"]: `${csrfToken}|${proof}` },
    headers: {},
  };
  const sent = newCookieJar();
  await NextAuth(request as unknown as NextApiRequest, sent.response as unknown as NextApiResponse, options);
  if (failure) throw failure;
  const cookie = sessionCookie(secure);
  const token = sent.value(cookie.name);
  if (!token) throw new AppError("unauthenticated", "bad_credentials", "Signing in did not work: try again.");
  (await cookies()).set(cookie.name, token, { ...cookie.options, maxAge: absoluteLimit / 1000 });
}

/** As much of a Node response as next-auth uses: it only has to catch Set-Cookie. */
function newCookieJar() {
  let lines: string[] = [];
  const response = {
    status: () => response,
    getHeader: () => lines,
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === "set-cookie") lines = [value].flat();
      return response;
    },
    json: () => response,
    send: () => response,
    end: () => response,
  };
  const value = (name: string) => {
    const line = lines.find((cookie) => cookie.startsWith(`${name}=`));
    return line && decodeURIComponent(line.slice(name.length + 1).split(";")[0] ?? "");
  };
  return { response, value };
}
