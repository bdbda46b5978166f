import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { Call } from "#lib/kernel/call.ts";
import { isRefusal } from "#lib/kernel/errors.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import {
  confirmWithProvider,
  connectIdentity,
  enterVouched,
  journeyLost,
  openProvider,
  sealVouched,
  type Vouched,
} from "#lib/sso/index.ts";
import { arriveFromTest, isTestAnswer } from "./arrive-from-test.ts";
import type { Journey, Purpose } from "./journey.ts";
import { keepBrowserSecret } from "./keep-browser.ts";
import { comeBack, journeyOf } from "./provider-dance.ts";
import { browserKeeper } from "./provider-keeper.ts";
import { requestFacts } from "./request.ts";
import { confirmPath, connectionsPath } from "./return-path.ts";
import { currentCall } from "./session.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";

/** A browser comes back from a provider: ends the journey that it began, and leads on into the console. */
export async function arriveFromProvider(slug: string, parameters: URLSearchParams): Promise<never> {
  if (isTestAnswer(parameters)) return arriveFromTest(slug, parameters);
  const keeper = await browserKeeper();
  const journey = journeyOf(slug, keeper, parameters);
  try {
    const call = await currentCall("page");
    const system: Call = { ...call, actor: { kind: "system", name: "single sign-on" } };
    const provider = await runQuery(openProvider, system, { provider: slug });
    if (provider.kind !== "oidc") throw journeyLost();
    const token = await comeBack(provider, keeper, parameters, (vouched, { purpose, ...rest }) =>
      ends[purpose](call, vouched, rest),
    );
    if (token) await keepSession(token);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    redirect(problemPath(slug, error.reason, journey));
  }
  redirect(journey?.purpose === "connect" ? `${connectionsPath}?connected=${slug}` : (journey?.next ?? "/"));
}

type End = (call: Call, vouched: Vouched, journey: Omit<Journey, "purpose">) => Promise<string | undefined>;

const ends: Record<Purpose, End> = {
  async enter(call, vouched) {
    const replaces = call.actor.kind === "user" ? call.actor.sessionId : undefined;
    const system: Call = { ...call, actor: { kind: "system", name: "single sign-on" } };
    const { token, browser } = await runCommand(enterVouched, system, { ...vouched, replaces });
    await keepBrowserSecret(browser);
    return token;
  },
  async connect(call, vouched, journey) {
    await runCommand(connectIdentity, call, { vouched: sealedFor(call, vouched, journey) });
    return undefined;
  },
  async confirm(call, vouched, journey) {
    const { token } = await runCommand(confirmWithProvider, call, {
      vouched: sealedFor(call, vouched, journey),
    });
    return token;
  },
};

/** For the session that left, and no other that this browser may have by now. */
function sealedFor(
  { actor, at }: Call,
  vouched: Vouched,
  { session, startedAt }: Omit<Journey, "purpose">,
): string {
  if (actor.kind !== "user" || actor.sessionId !== session) throw journeyLost();
  return sealVouched(actor.sessionId, vouched, startedAt, at);
}

async function keepSession(token: string): Promise<void> {
  const { name, options } = sessionCookie((await requestFacts()).secure);
  (await cookies()).set(name, token, { ...options, maxAge: cookieLifetime });
}

/** The page that the person left from, which says what went wrong. */
function problemPath(provider: string, problem: string, journey: Journey | undefined): string {
  const said = new URLSearchParams({ problem, provider });
  if (journey?.purpose === "connect") return `${connectionsPath}?${said}`;
  if (journey?.purpose === "confirm") return `${confirmPath(journey.next)}&${said}`;
  if (journey && journey.next !== "/") said.set("next", journey.next);
  return `/sign-in?${said}`;
}
