import { expect, test } from "vitest";
import { hashToken, newSecretToken } from "./secret-token.ts";

test("tokens have 256 bits, never repeat, and their hash says nothing of them", () => {
  const tokens = Array.from({ length: 1000 }, newSecretToken);
  expect(new Set(tokens).size).toBe(1000);
  for (const token of tokens) {
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(hashToken(token)).toHaveLength(32);
    expect(Buffer.from(hashToken(token)).toString("base64url")).not.toBe(token);
  }
});

test("a token's hash is the SHA-256 of its text", () => {
  expect(Buffer.from(hashToken("abc")).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
