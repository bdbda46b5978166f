import { createHash, randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { env } from "#lib/kernel/env.ts";

interface Step {
  action: "signin" | "callback";
  provider: string;
  method: "GET" | "POST";
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  cookies?: Record<string, string>;
}

/**
 * Takes next-auth through one of its steps with a request that we make ourselves: nothing of what a browser sent
 * reaches it that is not named here. Its double-submit token is made here too: whoever calls has proved the origin.
 */
export async function runNextAuth(options: NextAuthOptions, secure: boolean, step: Step) {
  const csrfToken = randomBytes(32).toString("hex");
  const proof = createHash("sha256").update(`${csrfToken}${env().secret}`).digest("hex");
  const request = {
    method: step.method,
    query: { ...step.query, nextauth: [step.action, step.provider] },
    body: { ...step.body, csrfToken, json: "true" },
    cookies: {
      ...step.cookies,
      [secure ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token"]: `${csrfToken}|${proof}`,
    },
    headers: {},
  };
  const caught = newResponse();
  await NextAuth(
    request as unknown as NextApiRequest,
    caught.response as unknown as NextApiResponse,
    options,
  );
  return caught;
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
