import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { runCommand } from "#lib/kernel/operation.ts";
import { signOut } from "#lib/sessions/index.ts";
import { requestFacts, requireOwnOrigin } from "./request.ts";
import { currentCall } from "./session.ts";
import { sessionCookie } from "./session-cookie.ts";

/** Ends the session at the back end first; the cookie is only a courtesy. */
export async function signOutOfConsole(): Promise<never> {
  await requireOwnOrigin();
  const call = await currentCall("action");
  if (call.actor.kind === "user") await runCommand(signOut, call, {});
  const { name, options } = sessionCookie((await requestFacts()).secure);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  redirect("/sign-in");
}
