import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { signOut } from "#lib/sessions/index.ts";
import { findWayOut } from "#lib/sign-out/index.ts";
import { requestFacts, requireOwnOrigin } from "./request.ts";
import { currentCall } from "./session.ts";
import { sessionCookie } from "./session-cookie.ts";
import { keepSignedOut } from "./signed-out.ts";

/**
 * Ends the session at the back end first; the cookie is only a courtesy. Whoever came through a provider is then led
 * there, to sign out of it too.
 */
export async function signOutOfConsole(): Promise<never> {
  await requireOwnOrigin();
  const call = await currentCall("action");
  const ended = call.actor.kind === "user" ? await runCommand(signOut, call, {}) : undefined;
  const { secure, origin } = await requestFacts();
  const { name, options } = sessionCookie(secure);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  if (!ended?.cameFrom) redirect("/sign-in");

  const system = { ...call, actor: { kind: "system", name: "single sign-on" } } as const;
  const way = await runQuery(findWayOut, system, { ...ended.cameFrom, origin });
  if (!way) redirect("/sign-in");
  const { to, state, label } = way;
  // A form's own answer may not lead to another site, so without scripts a page of ours does.
  const scripts = (await headers()).has("next-action");
  await keepSignedOut({ state, label, there: to !== undefined, ...(!scripts && to && { to }) });
  if (!to) redirect(`/sign-in?state=${state}`);
  redirect(scripts ? to : "/sign-out/continue");
}
