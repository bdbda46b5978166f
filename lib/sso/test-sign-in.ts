import { calculatePKCECodeChallenge } from "oauth4webapi";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { type OidcProvider, providersOf } from "#lib/providers/index.ts";
import { callbackAddress } from "./addresses.ts";
import { lookAt } from "./discovery.ts";
import { finishTestSchema, providerSchema } from "./schema.ts";
import { aboutProvider, findProvider } from "./stored-provider.ts";
import { keepResult, keepRun, openRun, secretsOf, spendRun, testMark } from "./test-runs.ts";
import { tryCode } from "./try-code.ts";

/** A sign-in to look at: the whole code flow, at whose end nobody is signed in. The provider may still be off. */
export const startTest = defineCommand({
  name: "start test sign-in",
  needs: "manageSettings",
  input: providerSchema,
  about: aboutProvider,
  async prepare({ reader, call }, { slug }) {
    const { provider } = await readyProvider(reader, slug);
    const { issuer, enforceHttps, clientId, scopes } = provider.settings;
    const server = await lookAt(issuer, enforceHttps);
    const state = testMark + newSecretToken();
    const { nonce, verifier } = secretsOf(state);
    const url = new URL(server.authorization_endpoint ?? "");
    const asked = {
      client_id: clientId,
      response_type: "code",
      redirect_uri: callbackAddress(call.origin ?? "", provider),
      scope: scopes,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return { state, url: url.href, label: provider.label };
  },
  async run({ tx, actor, call }, { slug }, { state, url, label }) {
    await keepRun(tx, requireUser(actor), slug, state, call.at);
    return { target: aboutProvider({ slug, label }), result: { url, label } };
  },
});

/** The provider's answer to a test run: what it says about somebody is kept for this session to look at, for a while. */
export const finishTest = defineCommand({
  name: "finish test sign-in",
  needs: "manageSettings",
  input: finishTestSchema,
  about: aboutProvider,
  async prepare({ reader, actor, call }, { slug, query }) {
    const state = new URLSearchParams(query).get("state") ?? "";
    const { provider } = await readyProvider(reader, slug);
    const run = await openRun(reader, requireUser(actor), slug, state, call.at);
    if (!run) throw noRun();
    const redirectUri = callbackAddress(call.origin ?? "", provider);
    const outcome = await tryCode(provider, { query, state, ...secretsOf(state), redirectUri });
    return { run: run.id, outcome, label: provider.label };
  },
  async run({ tx, actor, call }, { slug }, { run, outcome, label }) {
    if (!(await spendRun(tx, run))) throw noRun();
    await keepResult(tx, requireUser(actor), slug, outcome, call.at);
    const { claims, failure, unread } = outcome;
    const after = {
      ...(claims && { claims: Object.keys(claims) }),
      ...(failure && { failure }),
      ...(unread && { unread }),
    };
    return { target: aboutProvider({ slug, label }), after, result: { failed: failure !== undefined } };
  },
});

const noRun = () =>
  new AppError(
    "conflict",
    "no_test_run",
    "This test sign-in is over or belongs to another session: start it once more.",
  );

async function readyProvider(reader: Reader, slug: string): Promise<{ provider: OidcProvider }> {
  const draft = await findProvider(reader, slug);
  const provider = (await providersOf(reader)).find((one) => one.slug === slug);
  if (provider?.kind === "oidc") return { provider };
  const message =
    draft.kind === "saml"
      ? `${draft.label} speaks SAML: its test sign-in is another one.`
      : `${draft.label} cannot be tried yet. ${Object.values(draft.lacks)[0] ?? ""}`;
  throw new AppError("conflict", "incomplete", message);
}
