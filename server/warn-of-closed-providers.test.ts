import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";
import { openInstallation } from "#test/installation.ts";
import { noProviders, storeProvider } from "#test/sync.ts";
import { warnOfClosedProviders } from "./warn-of-closed-providers.ts";

beforeAll(() => openInstallation());
beforeEach(noProviders);
const before = env();
afterEach(() => {
  registry().env = before;
});

/** What the start says of providers while these addresses are open. */
async function said(internalAddresses: string[]): Promise<string> {
  registry().env = { ...before, internalAddresses };
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await warnOfClosedProviders();
  const text = written.mock.calls.map(([part]) => String(part)).join("");
  written.mockRestore();
  return text;
}

test("a provider at an internal address is named with the setting and the value that open it", async () => {
  await storeProvider({ label: "Company login", settings: { issuer: "https://localhost:8443/realms/main" } });
  const line = await said([]);
  for (const named of ["Company login", "localhost", "BAILIWICK_INTERNAL_ADDRESSES"])
    expect(line).toContain(named);
  expect(await said(["localhost"])).toBe("");
});

test("a database that cannot be asked does not stop the start", async () => {
  const { database } = registry();
  registry().database = undefined;
  registry().env = { ...before, databaseUrl: "postgresql://nobody@127.0.0.1:1/none" };
  await expect(warnOfClosedProviders()).resolves.toBeUndefined();
  registry().database = database;
});
