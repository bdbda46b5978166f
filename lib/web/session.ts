import { cookies } from "next/headers";
import { cache } from "react";
import type { Call, Door } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { browsersCookie, secretsIn } from "#lib/known-browsers/index.ts";
import { loadActor } from "#lib/sessions/index.ts";
import { withReference } from "./failure.ts";
import { requestFacts } from "./request.ts";
import { sessionCookie } from "./session-cookie.ts";

/** Who is asking, found out once per request however many parts of a page want to know. */
const identified = cache(async (): Promise<Omit<Call, "door">> => {
  const { address, agent, requestId, origin, secure } = await requestFacts();
  const jar = await cookies();
  const token = jar.get(sessionCookie(secure).name)?.value;
  const browsers = secretsIn(jar.get(browsersCookie(secure).name)?.value);
  const at = new Date();
  const actor = token ? await loadActor(token, at) : ({ kind: "anonymous" } as const);
  return { actor, at, address, agent, requestId, origin, browsers };
});

/** Fails with a reference of its own: without a database every part of every page fails here. */
export async function currentCall(door: Door): Promise<Call> {
  try {
    return { ...(await identified()), door };
  } catch (error) {
    throw error instanceof AppError ? error : withReference(error);
  }
}
