import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { beforeAll } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { loadActor, startSession } from "#lib/sessions/index.ts";
import { backchannelLogoutPath } from "#lib/sign-out/index.ts";
import type { Session } from "#prisma";
import { hostileClient } from "./hostile-provider.ts";
import { openDoors } from "./open-doors.ts";
import { person, visitor } from "./people.ts";

export const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** The console's doors over HTTP, where providers say that a session has ended. Call it at the top of a test file. */
export function openLogoutConsole() {
  const console = openDoors(["loopback"]);
  beforeAll(async () => {
    await person({ roles: ["superadmin"] });
  });

  const address = (slug = "oidc") => console.origin + backchannelLogoutPath(slug);

  /** @param from the address that it seems to come from */
  const deliver = (token: string, { slug = "oidc", from = "198.51.100.7" } = {}) =>
    fetch(address(slug), {
      method: "POST",
      body: new URLSearchParams({ logout_token: token }),
      headers: { "x-forwarded-for": from },
    });

  return { console, address, deliver };
}

/** What an honest logout token says. */
export function logoutClaims(issuer: string, more: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const about = { iss: issuer, aud: hostileClient.id, iat: now, exp: now + 120, jti: randomUUID() };
  return { ...about, events: { [logoutEvent]: {} }, ...more };
}

/** Signs somebody in as if they had come from a provider; answers how to ask whether they still are. */
export async function signedInThrough(
  { id }: { id: string },
  from: { issuer: string; subject: string; idpSession?: string; idToken?: string; provider?: string },
): Promise<{
  alive: () => Promise<boolean>;
  row: () => Promise<Session>;
  token: string;
}> {
  const atProvider = { provider: "oidc", ...from };
  const call = { ...visitor(), at: new Date() };
  const { token } = await database().$transaction((tx) =>
    startSession(tx, call, id, { method: "oidc", atProvider }),
  );
  const alive = async () => (await loadActor(token, new Date())).kind === "user";
  const { id: session } = await database().session.findFirstOrThrow({
    where: { userId: id },
    orderBy: { id: "desc" },
  });
  const row = () => database().session.findUniqueOrThrow({ where: { id: session } });
  return { alive, row, token };
}
