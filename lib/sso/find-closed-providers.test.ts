import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { env, readEnv } from "#lib/kernel/env.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { registry } from "#lib/kernel/registry.ts";
import { openInstallation } from "#test/installation.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { findClosedProviders } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(noProviders);
const before = env();
afterEach(() => {
  registry().env = before;
});

/** As if the process had been started with these. */
function start(settings: Record<string, string>): void {
  const { internalAddresses, oidc } = readEnv(settings);
  registry().env = { ...env(), internalAddresses, oidc };
}
const closed = async () =>
  (await runQuery(findClosedProviders, systemCall("start"), {})).map(({ slug }) => slug);
const at = (slug: string, issuer: string, more: object = {}) =>
  storeProvider({ slug, settings: { issuer }, ...more });

test("of the enabled providers those at internal addresses are found, until the operator opens them", async () => {
  await at("inside", "https://10.1.2.3");
  await at("local", "https://localhost:8443");
  await at("outside", "https://93.184.215.14");
  await at("off", "https://10.1.2.3/realms/off", { enabled: false });
  start({});
  expect((await closed()).sort()).toEqual(["inside", "local"]);
  start({ BAILIWICK_INTERNAL_ADDRESSES: "10.1.0.0/16" });
  expect(await closed()).toEqual(["local"]);
  start({ BAILIWICK_INTERNAL_ADDRESSES: "10.1.2.3, LOCALHOST" });
  expect(await closed()).toEqual([]);
});

test("an issuer that the environment names is open without another setting", async () => {
  const provider = { OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" };
  start({ OIDC_ISSUER_URL: "https://10.1.2.3", ...provider });
  await at("beside", "https://10.1.2.4");
  expect(await closed()).toEqual(["beside"]);
});

test("a name that is not found has no closed address", async () => {
  await at("gone", "https://does-not-exist.invalid");
  start({});
  expect(await closed()).toEqual([]);
});
