import { expect, test } from "vitest";
import { isSameOrigin, originOf } from "./origin.ts";

test.each([
  ["http", "localhost:3000", "http://localhost:3000"],
  ["http", "Example.COM:80", "http://example.com"],
  ["https", "example.com:443", "https://example.com"],
  ["https", "[::1]:8443", "https://[::1]:8443"],
  ["https", "a_b.example.com", "https://a_b.example.com"],
] as const)("%s and %s make %s", (scheme, host, origin) => {
  expect(originOf(scheme, host)).toBe(origin);
});

test.each([
  undefined,
  "",
  "a b",
  "user@host",
  "host/path",
  "host:port",
  "host:99999",
  "a,b",
  "[::1",
  "host?x",
  "-%",
])("%s is no host", (host) => {
  expect(originOf("https", host)).toBeUndefined();
});

test("only our own origin, spelt out, is ours", () => {
  const own = "https://example.com";
  expect(isSameOrigin("https://example.com", own)).toBe(true);
  const foreign = [undefined, null, "", "null", "http://example.com", "https://example.com:8443"];
  const tricky = [
    "https://example.com.evil.org",
    "https://evil.org",
    "https://example.com/",
    "https://example.com,https://x",
  ];
  for (const origin of [...foreign, ...tricky]) expect(isSameOrigin(origin, own)).toBe(false);
});
