import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { isProven } from "#lib/kernel/actor.ts";
import { proofRequired, runQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { openProvider } from "#lib/sso/index.ts";
import { answer } from "./action.ts";
import type { FormAction } from "./form-state.ts";
import { openJourney, type Purpose } from "./journey.ts";
import { leaveBySaml } from "./leave-by-saml.ts";
import { journeyCookie, leaveFor } from "./provider-dance.ts";
import { browserKeeper } from "./provider-keeper.ts";
import { requestFacts } from "./request.ts";
import { connectionsPath, returnPath } from "./return-path.ts";
import { currentCall } from "./session.ts";

/** Leads whoever sends the form to the provider that it names; what for, and where to afterwards, is sealed here. */
export function leaveAction(purpose: Purpose): FormAction {
  return (_previous, form) => answer(form, () => leave(form, purpose));
}

async function leave(form: FormData, purpose: Purpose): Promise<never> {
  const call = await currentCall("action");
  const { actor, at } = call;
  if (purpose !== "enter") requireUser(actor);
  if (purpose === "connect" && !isProven(actor, at.getTime())) throw proofRequired();
  const system = { ...call, actor: { kind: "system", name: "single sign-on" } } as const;
  const slug = String(form.get("provider") ?? "");
  const provider = await runQuery(openProvider, system, { provider: slug });
  const next = purpose === "connect" ? connectionsPath : returnPath(form.get("next"));
  const session = actor.kind === "user" ? actor.sessionId : undefined;
  const leaving = { purpose, next, session, at };
  const to =
    provider.kind === "saml"
      ? await leaveBySaml(call, slug, leaving)
      : await leaveFor(provider, await browserKeeper(), leaving);
  // A form's own answer may not lead to another site, so without scripts a page of ours does.
  redirect((await headers()).has("next-action") ? to : `/sign-in/continue?provider=${slug}`);
}

/** The address of the provider that this browser is about to leave for. */
export async function leavingTo(slug: string): Promise<string | undefined> {
  const { secure } = await requestFacts();
  return openJourney(slug, (await cookies()).get(journeyCookie(secure))?.value)?.to;
}
