import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./hash.ts";
import { passwordMaximum, passwordMinimum, passwordProblems } from "./policy.ts";

const words = (count: number) => "the quick brown fox ".repeat(20).slice(0, count);
const problems = (password: string, ...context: string[]) => passwordProblems(password, context);

test("15 to 256 characters, of any kind; spaces and other scripts are welcome", () => {
  expect([passwordMinimum, passwordMaximum]).toEqual([15, 256]);
  expect(problems(words(14))).toEqual([expect.stringMatching(/at least 15/)]);
  expect(problems(words(15))).toEqual([]);
  expect(problems(words(256))).toEqual([]);
  expect(problems(words(257))).toEqual([expect.stringMatching(/at most 256/)]);
  expect(problems("пятнадцать букв и больше")).toEqual([]);
});

test("characters are counted as people see code points, after compatibility normalisation", () => {
  expect(problems("🦉🐝🦊🐢🦔🐙🐬")).toEqual([expect.stringMatching(/at least 15/)]);
  expect(problems("🦉🐝🦊🐢🦔🐙🐬🦉🐝🦊🐢🦔🐙🐬🦉")).toEqual([]);
  expect(problems("ﬃ abcde fghij")).toEqual([]);
});

test.each([
  ["the same few characters", "abcabcabcabcabcabc", []],
  ["the username", "hedy.lamarr hedy.lamarr 1", ["hedy.lamarr"]],
  ["the address, in another case", "HEDY@EXAMPLE.COM 1", ["hedy@example.com"]],
])("refused: little more than %s", (_what, password, context) => {
  expect(problems(password, ...context)).toHaveLength(1);
});

test("a short name inside a long password is no problem, nor is an empty one", () => {
  expect(problems("ann walks to the harbour", "ann", "")).toEqual([]);
  expect(problems("hedy walks to the harbour at night", "hedy")).toEqual([]);
});

test("hashes are argon2id with their own salt; the right password fits, any other does not", async () => {
  const [one, other] = await Promise.all([hashPassword(words(20)), hashPassword(words(20))]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword(one, words(20))).toBe(true);
  expect(await verifyPassword(one, words(21))).toBe(false);
  expect(await verifyPassword(one, "")).toBe(false);
});

test("the same text from another keyboard is the same password", async () => {
  const composed = await hashPassword("caf\u00e9 au lait at dawn");
  expect(await verifyPassword(composed, "cafe\u0301 au lait at dawn")).toBe(true);
});

test.each([null, undefined, "", "plain text", "$argon2id$broken", "$2b$10$notours"])(
  "nothing fits the stored value %j",
  async (stored) => {
    expect(await verifyPassword(stored, words(20))).toBe(false);
    expect(await verifyPassword(stored, "a decoy that nobody's password equals")).toBe(false);
  },
);
