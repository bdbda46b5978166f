import pg from "pg";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { account } from "#lib/kernel/caller.ts";
import { database } from "#lib/kernel/database.ts";
import { registry } from "#lib/kernel/registry.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { person, visitor, visitorWith } from "#test/people.ts";
import { anyKnownBrowser, browserCaller, keepBrowser, readBrowsers } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(() => {
  for (const slot of ["callers by browser", "known browsers read", "first in"]) registry().slots.delete(slot);
});

const statements = vi.spyOn(pg.Client.prototype, "query");

async function browser() {
  const { id } = await person({ roles: ["user"] });
  const { secret = "" } = await database().$transaction((tx) =>
    keepBrowser(tx, { ...visitor(), at: new Date() }, id),
  );
  return { secret, its: account(id) };
}
const forget = () => registry().slots.delete("callers by browser");

test("a browser has its account's place from the sign-in on that made it known, and a forged cookie has none", async () => {
  const { secret, its } = await browser();
  expect(browserCaller([newSecretToken(), secret])).toEqual(its);
  expect(browserCaller([newSecretToken()])).toBeUndefined();
  expect(browserCaller([])).toBeUndefined();
});

test("and wherever the database was asked for it, as for a sign-in", async () => {
  const { secret, its } = await browser();
  forget();
  await anyKnownBrowser(database(), visitorWith(secret));
  expect(browserCaller([secret])).toEqual(its);
});

test("after a start, and when another instance made it known, from the second request on", async () => {
  const early = await browser();
  forget();
  expect(browserCaller([early.secret])).toBeUndefined();
  await vi.waitUntil(() => browserCaller([early.secret]));
  const late = await onAnotherInstance(browser);
  expect(browserCaller([late.secret])).toBeUndefined();
  await readBrowsers();
  expect(browserCaller([late.secret])).toEqual(late.its);
});

test("a thousand made-up cookies cost one look at the database a minute", async () => {
  await readBrowsers();
  statements.mockClear();
  for (let index = 0; index < 1_000; index += 1) browserCaller([newSecretToken()]);
  await vi.waitUntil(() => statements.mock.calls.length > 0);
  expect(statements).toHaveBeenCalledTimes(1);
});
