import fc from "fast-check";
import { generateSync } from "otplib";
import { expect, test } from "vitest";
import { newTotpSecret, stepOfCode, totpUri } from "./totp.ts";

const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const codeAt = (seconds: number) => generateSync({ secret, epoch: seconds });

test("the codes are those of RFC 6238, appendix B", () => {
  // Its table has eight digits; an app shows the last six of them.
  const table: [number, string][] = [
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ];
  for (const [seconds, code] of table)
    expect(stepOfCode(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test("a code is good in its own step, the one before and the one after, and in no other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 3e9 }), fc.integer({ min: -300, max: 300 }), (made, shift) => {
      const steps = Math.abs(Math.floor((made + shift) / 30) - Math.floor(made / 30));
      const found = stepOfCode(secret, codeAt(made), (made + shift) * 1000);
      if (steps <= 1) expect(found).toBeDefined();
      // Two steps share a code once in a million; then it is that other step's code.
      else if (found !== undefined) expect(codeAt(found * 30)).toBe(codeAt(made));
    }),
  );
});

test("what is not six digits is never a code", () => {
  for (const code of ["", "12345", "1234567", "12345a", "１２３４５６", " 12345", "-12345", "1e5000"])
    expect(stepOfCode(secret, code, 59_000)).toBeUndefined();
});

test("each secret has 160 random bits; the app is told issuer and name", () => {
  const secrets = Array.from({ length: 200 }, newTotpSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const each of secrets) expect(each).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(secret, "jane.doe", "console.example.com"));
  expect(decodeURIComponent(uri.pathname)).toContain("Bailiwick console.example.com:jane.doe");
  expect(uri.searchParams.get("secret")).toBe(secret);
  expect(uri.searchParams.get("issuer")).toBe("Bailiwick console.example.com");
});
