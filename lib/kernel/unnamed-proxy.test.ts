import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { clientReader } from "#server/client-address.ts";
import { openInstallation } from "#test/installation.ts";
import { visitor } from "#test/people.ts";
import { log } from "./log.ts";
import { recordRefusal } from "./record-refusal.ts";
import { registry } from "./registry.ts";

beforeAll(() => openInstallation());

let lines: { proxy?: string; reason?: string; setting?: string }[];

beforeEach(() => {
  for (const slot of ["first in", "unnamed proxies"]) registry().slots.delete(slot);
  lines = [];
  vi.spyOn(log(), "warn").mockImplementation((facts) => void lines.push(facts as object));
});
afterEach(() => void vi.restoreAllMocks());

function come(from: string, forwarded?: string, trusted: string[] = []): void {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  clientReader(trusted)({ socket: { remoteAddress: from }, headers } as never);
}
const line = (proxy: string) => ({
  where: "proxy",
  reason: "proxy_not_trusted",
  proxy,
  setting: "BAILIWICK_TRUSTED_PROXIES",
});

test("a proxy that is not named is a line an hour, with its address and the setting", () => {
  vi.useFakeTimers();
  for (let times = 0; times < 50; times += 1) come("10.0.0.9", "203.0.113.7");
  expect(lines).toEqual([line("10.0.0.9")]);
  vi.advanceTimersByTime(3_600_000);
  come("10.0.0.9", "203.0.113.7");
  expect(lines).toHaveLength(2);
  vi.useRealTimers();
});

test("neither a request without the header nor a proxy that is named is one", () => {
  come("10.0.0.9");
  come("127.0.0.1", "203.0.113.7", ["loopback"]);
  come("not an address", "203.0.113.7");
  expect(lines).toEqual([]);
});

test("so is one further out, whom a proxy that is named forwards", () => {
  come("127.0.0.1", "203.0.113.7, 10.0.0.9", ["loopback"]);
  expect(lines).toEqual([line("10.0.0.9")]);
});

test("strangers who invent the header neither take a proxy's line nor write what they like", () => {
  const invented = `<script>${"x".repeat(10_000)}`;
  for (let last = 0; last < 200; last += 1) come(`203.0.113.${last}`, invented);
  come("10.0.0.9", invented);
  expect(lines).toEqual([line("203.0.113.0"), line("10.0.0.9")]);
});

test("who is refused because of a shared address leads to the proxy; who is not does not", async () => {
  come("10.0.0.9", "203.0.113.7");
  lines = [];
  const refuse = (address: string, reason = "too_many_attempts") =>
    recordRefusal({ call: visitor(address), action: "sign in", reason, target: undefined });
  await refuse("10.0.0.8");
  await refuse("10.0.0.9", "bad_credentials");
  expect(lines).toEqual([]);
  await refuse("10.0.0.9");
  await refuse("10.0.0.9");
  expect(lines).toEqual([line("10.0.0.9")]);
});
