import fc from "fast-check";
import { expect, test } from "vitest";
import { returnPath, signInPath } from "./return-path.ts";

const own = "https://console.example.com";
const stays = (path: string) => new URL(path, own).origin === own && !path.startsWith("//");

test.each([
  "/settings/users",
  "/settings/users?q=role%3Auser&sort=-created",
  "/account",
  "/signing-in",
  "/apiary",
])("P56: %s is a place to come back to", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/..//evil.example",
  "/.//evil.example",
  "/settings/..//evil.example",
  "/%2e%2e//evil.example",
  "/./\\evil.example",
  "javascript:alert(1)",
  "data:text/html,hello",
  "settings/users",
  "",
  "?next=//evil.example",
  "/sign-in",
  "/sign-in?next=/sign-in",
  "/sign-up",
  "/setup?token=abc",
  "/api/auth/signout",
  undefined,
  null,
  7,
  ["/settings/users"],
])("%j is none: the front page instead", (wanted) => {
  expect(returnPath(wanted)).toBe("/");
});

test("whatever is asked for, the answer is a path of this console", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    "..",
    ".",
    "%2f",
    "%5c",
    "@",
    ":",
    "\t",
    "\n",
    "evil.example",
    "?",
    "#",
    "a",
  );
  const built = fc.array(part, { maxLength: 12 }).map((parts) => `/${parts.join("")}`);
  fc.assert(
    fc.property(fc.oneof(built, fc.webUrl(), fc.string({ unit: "binary" })), (wanted) => {
      expect(stays(returnPath(wanted))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test("signing in leads back; from the front page nothing needs saying", () => {
  expect(signInPath("/settings/users?q=a&b=c")).toBe("/sign-in?next=%2Fsettings%2Fusers%3Fq%3Da%26b%3Dc");
  expect(signInPath("/")).toBe("/sign-in");
  expect(signInPath("//evil.example")).toBe("/sign-in");
});
