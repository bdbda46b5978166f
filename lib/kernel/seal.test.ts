import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { env } from "./env.ts";
import { registry } from "./registry.ts";
import { seal, unseal } from "./seal.ts";

const own = env();
afterEach(() => {
  registry().env = own;
});

test("what was sealed opens for the same purpose and owner, and for nobody else", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (owner, other, secret) => {
      const sealed = seal("totp", owner, secret);
      expect(unseal("totp", owner, sealed)).toBe(secret);
      expect(() => unseal("another", owner, sealed)).toThrow();
      if (other !== owner) expect(() => unseal("totp", other, sealed)).toThrow();
    }),
  );
});

test("any byte changed, cut off or added makes it useless", () => {
  const sealed = seal("totp", "jane", "JBSWY3DPEHPK3PXP");
  for (let index = 0; index < sealed.length; index++) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => unseal("totp", "jane", changed)).toThrow();
    expect(() => unseal("totp", "jane", sealed.subarray(0, index))).toThrow();
  }
  expect(() => unseal("totp", "jane", Uint8Array.from([...sealed, 0]))).toThrow();
});

test("with another installation's secret it does not open", () => {
  const sealed = seal("totp", "jane", "JBSWY3DPEHPK3PXP");
  registry().env = { ...own, secret: "another secret, also long enough for anyone" };
  expect(() => unseal("totp", "jane", sealed)).toThrow();
});

test("the same secret never looks the same twice", () => {
  const seen = Array.from({ length: 1000 }, () => Buffer.from(seal("totp", "jane", "x")).toString("base64"));
  expect(new Set(seen).size).toBe(1000);
});
