import type { BrowserContext } from "@playwright/test";
import { database } from "#lib/kernel/database.ts";
import { startSession } from "#lib/sessions/index.ts";
import { sessionCookie } from "#lib/web/session-cookie.ts";
import { visitor } from "#test/people.ts";

/** Signs somebody in without the form: a real session row; answers its token. */
async function newSession({ id }: { id: string }): Promise<string> {
  const call = { ...visitor(), at: new Date() };
  const { token } = await database().$transaction((tx) => startSession(tx, call, id, { method: "password" }));
  return token;
}

export async function plantSession(
  context: BrowserContext,
  address: string,
  who: { id: string },
): Promise<void> {
  const { name, options } = sessionCookie(false);
  const value = await newSession(who);
  const { hostname: domain } = new URL(address);
  await context.addCookies([{ name, value, domain, path: "/", httpOnly: options.httpOnly, sameSite: "Lax" }]);
}

/** The same for requests that are made by hand. */
export async function cookieOf(who: { id: string }): Promise<string> {
  return `${sessionCookie(false).name}=${await newSession(who)}`;
}

/** Lets so much time go by since somebody last proved who they are that a dangerous act asks again. */
export async function letProofAge({ id }: { id: string }): Promise<void> {
  const provenAt = new Date(Date.now() - 31 * 60_000);
  await database().session.updateMany({ where: { userId: id, endedAt: null }, data: { provenAt } });
}
