import type { z } from "zod";
import type { Call } from "#lib/kernel/call.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { samlCookie, startSamlSignIn } from "#lib/saml/index.ts";
import { sealJourney } from "./journey.ts";
import { journeyCookie, type Leaving } from "./provider-dance.ts";
import { browserKeeper } from "./provider-keeper.ts";

/** Starts a sign-in by SAML for this browser, and answers where it goes on. The way back is a door of its own. */
export async function startBySaml(call: Call, input: z.input<typeof startSamlSignIn.input>): Promise<string> {
  const { url, browser } = await runCommand(startSamlSignIn, call, input);
  const keeper = await browserKeeper();
  keeper.keep(samlCookie(keeper.secure).name, browser.token);
  return url;
}

/** The same with a journey, which tells a page without scripts where to go. */
export async function leaveBySaml(call: Call, provider: string, leaving: Leaving): Promise<string> {
  const { purpose, next, at } = leaving;
  const to = await startBySaml(call, { provider, purpose, next });
  const keeper = await browserKeeper();
  const journey = { state: "saml", purpose, next, to, startedAt: at.getTime() };
  keeper.keep(journeyCookie(keeper.secure), sealJourney(provider, journey));
  return to;
}
