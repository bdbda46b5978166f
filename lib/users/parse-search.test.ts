import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSearch } from "./parse-search.ts";

test.each([
  ["", { words: [] }],
  ["  jane   doe ", { words: ["jane", "doe"] }],
  ["role:auditor jane", { words: ["jane"], role: "auditor" }],
  ["STATUS:inactive", { words: [], status: "inactive" }],
  ["dormant:90d", { words: [], dormant: 90 }],
  ["dormant:>90d", { words: [], dormant: 90 }],
  ["dormant:7", { words: [], dormant: 7 }],
  ["role: jane", { words: ["role:", "jane"] }],
  ["a.b@example.com", { words: ["a.b@example.com"] }],
])("%j", (text, expected) => {
  expect(parseSearch(text)).toEqual({ unknown: [], ...expected });
});

test.each([
  "status:asleep",
  "dormant:soon",
  "dormant:0d",
  "dormant:99999d",
  "group:a",
  "https://example.com",
])("%j is told to be unknown", (token) => {
  expect(parseSearch(`jane ${token}`)).toEqual({ words: ["jane"], unknown: [token] });
});

test("every part of what was typed ends up somewhere", () => {
  const part = fc.oneof(fc.constantFrom("role:user", "status:active", "dormant:9d", "x:y"), fc.string());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const { words, unknown, ...tokens } = parseSearch(parts.join(" "));
      const typed = parts.join(" ").split(/\s+/).filter(Boolean).length;
      expect(words.length + unknown.length + Object.keys(tokens).length).toBeLessThanOrEqual(typed);
      if (typed > 0) expect(words.length + unknown.length + Object.keys(tokens).length).toBeGreaterThan(0);
    }),
  );
});
