import fc from "fast-check";
import { expect, test } from "vitest";
import { readTarget } from "./request-target.ts";

test.each([
  ["/", "/"],
  ["/settings/users?role=a%20b", "/settings/users"],
  ["/a%2Fb", "/a%2Fb"],
  ["/_next/static/../../settings", "/settings"],
  ["/%2e%2e/api/health", "/api/health"],
])("%s is understood", (target, path) => {
  expect(readTarget(target)?.pathname).toBe(path);
});

test.each([
  undefined,
  "",
  "*",
  "//evil.example",
  "/a//b",
  "/\\evil.example",
  "/%5cevil.example",
  "http://evil.example/",
  "/%zz",
  "/%ff",
  "/a%00b",
  "/a b",
  "/ä",
  `/${"a".repeat(9000)}`,
])("%s is refused", (target) => {
  expect(readTarget(target)).toBeUndefined();
});

test("nothing makes it throw or leave our host", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `/${text}`),
      ),
      (target) => {
        const url = readTarget(target);
        if (url) expect(url.host).toBe("localhost");
      },
    ),
  );
});
