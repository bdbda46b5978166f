import type { Call } from "#lib/kernel/call.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { type Redeemed, samlWords } from "#lib/saml/index.ts";
import {
  confirmWithProvider,
  connectIdentity,
  enterVouched,
  finishSamlTest,
  sealVouched,
} from "#lib/sso/index.ts";

/** What somebody went to the provider for, done: the token of a new session if there is one, and the page that follows. */
export async function samlEnds(
  call: Call,
  { vouched, request }: Redeemed,
): Promise<{ token?: string; browser?: string | undefined; path: string }> {
  const { purpose = "enter", next = "/", leftAt = 0 } = request ?? {};
  const { actor } = call;
  // The sign-in page alone judges where a path may lead, and lets whoever is signed in pass.
  const path = next === "/" ? "/" : `/sign-in?${new URLSearchParams({ next })}`;
  if (purpose === "enter" || actor.kind !== "user") {
    const replaces = actor.kind === "user" ? actor.sessionId : undefined;
    const system: Call = { ...call, actor: { kind: "system", name: "single sign-on" } };
    const { token, browser } = await runCommand(enterVouched, system, { ...vouched, replaces });
    return { token, browser, path };
  }
  const word = { vouched: sealVouched(actor.sessionId, vouched, leftAt, call.at) };
  if (purpose === "confirm") {
    const { token } = await runCommand(confirmWithProvider, call, word);
    return { token, path };
  }
  if (purpose === "test") {
    await runCommand(finishSamlTest, call, { ...word, slug: vouched.provider });
    return { path: testDone(vouched.provider) };
  }
  await runCommand(connectIdentity, call, word);
  return { path: `/account/connections?${new URLSearchParams({ connected: vouched.provider })}` };
}

/** A test sign-in that failed is over too, and the page that waits for it shows why. */
export async function failedTest(call: Call, slug: string, reason: string): Promise<string> {
  const failure = samlWords(reason) ?? "The sign-in did not work.";
  await runCommand(finishSamlTest, call, { slug, failure: `${failure} (${reason})`, reason });
  return testDone(slug);
}

const testDone = (slug: string) => `/settings/sso/${slug}/test/done`;
