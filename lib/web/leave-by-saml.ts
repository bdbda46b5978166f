import type { Call } from "#lib/kernel/call.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { samlCookie, startSamlSignIn } from "#lib/saml/index.ts";
import { sealJourney } from "./journey.ts";
import { journeyCookie, type Leaving } from "./provider-dance.ts";
import { browserKeeper } from "./provider-keeper.ts";

/** The same for SAML, whose way back is another door; the journey only tells a page without scripts where to go. */
export async function leaveBySaml(call: Call, provider: string, leaving: Leaving): Promise<string> {
  const { purpose, next, at } = leaving;
  const keeper = await browserKeeper();
  const { url: to, browser } = await runCommand(startSamlSignIn, call, { provider, purpose, next });
  keeper.keep(samlCookie(keeper.secure).name, browser.token);
  const journey = { state: "saml", purpose, next, to, startedAt: at.getTime() };
  keeper.keep(journeyCookie(keeper.secure), sealJourney(provider, journey));
  return to;
}
