import { password } from "../population/markers.ts";
import type { Answer, Ask, Sent } from "./ask.ts";

/** Requests to Better Auth's HTTP API as its client sends them, in the session of an administrator. */
export interface BetterAuth {
  get(path: string, query: Record<string, string | number>): Sent;
  post(path: string, body: object): Sent;
}

const post = (address: string, path: string, body: object, cookie?: string): Sent => ({
  method: "POST",
  path: `/api/auth${path}`,
  headers: { origin: address, "content-type": "application/json", ...(cookie && { cookie }) },
  body: JSON.stringify(body),
});

export async function signInToBetterAuth(ask: Ask, address: string, email: string): Promise<BetterAuth> {
  const answer = await ask(post(address, "/sign-in/email", { email, password }));
  const cookie = cookieIn(answer);
  return {
    get: (path, query) => ({
      path: `/api/auth${path}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`,
      headers: { cookie },
    }),
    post: (path, body) => post(address, path, body, cookie),
  };
}

/** As Better Auth's client sends it, without a session. */
export const signInWithBetterAuth = (address: string, email: string): Sent =>
  post(address, "/sign-in/email", { email, password });

function cookieIn({ status, headers, text }: Answer): string {
  const lines = [headers["set-cookie"] ?? []].flat();
  if (status !== 200 || lines.length === 0)
    throw new Error(`Better Auth refuses the sign-in: ${status} ${text}`);
  return lines.map((line) => line.split(";", 1)[0]).join("; ");
}
