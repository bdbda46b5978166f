import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { product } from "#lib/kernel/caller.ts";
import { passwordGuesser } from "./guesser.ts";
import * as hashes from "./hash.ts";
import { importedDecoy } from "./imported-hash.ts";
import { type Guesser, type Names, type PasswordRules, passwordMaximum, passwordProblem } from "./schema.ts";

const usual: PasswordRules = {
  passwordMinimum: 15,
  requireUppercase: false,
  requireLowercase: false,
  requireDigit: false,
  requireSymbol: false,
  product: [],
};
const words = (count: number) => "four brown owls sang by the lake in may ".repeat(10).slice(0, count);
const random = "xq7vLk9zRw2mTy5bHn8cPd3fGj6sKa4eUi1oVx0rZt7yBq9wMl2nCh5gDp8kFs3jX";

const { isOutdated } = hashes;
const hashPassword = (password: string) => hashes.hashPassword(password, product("test"));
const verifyPassword = (stored: string | null | undefined, password: string) =>
  hashes.verifyPassword(stored, password, product("test"));

let guesser: Guesser;
beforeAll(async () => {
  guesser = await passwordGuesser();
});
const problems = (password: string, rules: Partial<PasswordRules> = {}, names: Partial<Names> = {}) =>
  passwordProblem(password, { ...usual, ...rules }, names, guesser);
/** Of one rule, said with this in it. */
const broken = (rule: string, said: string) => ({ rules: [rule], message: expect.stringContaining(said) });

describe("length", () => {
  test.each([8, 15, 64])("%i characters or more, as it is set", (passwordMinimum) => {
    expect(problems(words(passwordMinimum - 1), { passwordMinimum })).toEqual(
      broken("too_small", `${passwordMinimum}`),
    );
    expect(problems(random.slice(0, passwordMinimum), { passwordMinimum })).toBeUndefined();
  });

  test("up to 256 characters, of any kind; spaces and other scripts are welcome", () => {
    expect(passwordMaximum).toBe(256);
    expect(problems(words(256))).toBeUndefined();
    expect(problems(words(257))).toEqual(broken("too_big", "256"));
    expect(problems("пятнадцать букв и больше")).toBeUndefined();
  });

  test("counted as people see code points, after compatibility normalisation", () => {
    expect(problems("🦉🐝🦊🐢🦔🐙🐬")).toEqual(broken("too_small", "15"));
    expect(problems("🦉🐝🦊🐢🦔🐙🐬🦉🐝🦊🐢🦔🐙🐬🦉")).toBeUndefined();
    expect(problems("ﬃ owl sang it")).toBeUndefined();
  });
});

test("no class of characters is asked for, unless it is set; then every missing one is named", () => {
  const all = { requireUppercase: true, requireLowercase: true, requireDigit: true, requireSymbol: true };
  expect(problems("seven green bottles of ink")).toBeUndefined();
  expect(problems("12 49 2093 77 81 5550 3 94 6")).toBeUndefined();
  expect(problems("seven green bottles of ink", all)).toMatchObject({
    rules: ["no_uppercase_letter", "no_digit", "no_symbol"],
  });
  expect(problems("SEVEN GREEN BOTTLES", { requireLowercase: true })).toMatchObject({
    rules: ["no_lowercase_letter"],
  });
  expect(problems("Seven green bottles of 7 inks!", all)).toBeUndefined();
  expect(problems("Семь зелёных бутылок ٧!", all)).toBeUndefined();
});

describe("refused, with the reason", () => {
  test.each([
    ["a common password", "unbelievable", ["common"]],
    ["a common password in another case and width", "UNBELIEVABLE", ["common"]],
    ["a row of keys", "qwertyuiopasdfghj", ["guessable", "similarToCommon"]],
    ["one character over and over", "aaaaaaaaaaaaaaaaaaaa", ["guessable", "simpleRepeat"]],
    ["the same few characters", "abcabcabcabcabcabc", ["guessable", "extendedRepeat"]],
    ["a word twice", "golden golden golden", ["guessable", "extendedRepeat"]],
    ["letters swapped for digits", "p4ssw0rdP4ssw0rd", ["guessable", "similarToCommon"]],
    ["an alphabet", "abcdefghijklmnopq", ["guessable", "sequences"]],
    ["sixty spaces", " ".repeat(60), ["guessable", "simpleRepeat"]],
  ])("%s", (_what, password, rules) => {
    expect(problems(password, { passwordMinimum: 8 })).toMatchObject({ rules });
  });

  test.each([
    ["the username", "hedy.lamarr hedy.lamarr 1", { username: "hedy.lamarr" }, "hedy.lamarr"],
    ["the address, in another case", "HEDY@EXAMPLE.COM 1", { email: "hedy@example.com" }, "hedy@example.com"],
    ["a part of the address", "Lighthouse 1942!", { email: "h@lighthouse.example" }, "lighthouse"],
    ["both names together", "Hedy Lamarr 194-2", { givenName: "Hedy", familyName: "Lamarr" }, "lamarr"],
  ])("little more than %s", (_what, password, names, word) => {
    expect(problems(password, {}, names)).toEqual(broken("known_word", `"${word}"`));
  });

  test("little more than the product's name", () => {
    const told = problems("Bailiwick Bailiwick!", { product: ["bailiwick"] });
    expect(told).toEqual(broken("known_word", '"bailiwick"'));
  });

  test("all of the three thousand most common passwords, at the lowest minimum", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    const common = dictionary["passwords-common"].slice(0, 3_000);
    const passed = common.filter((password) => problems(password, { passwordMinimum: 8 }) === undefined);
    expect(passed).toEqual([]);
    const doubled = common.slice(0, 300).map((password) => `${password} ${password}`);
    expect(doubled.filter((password) => problems(password, { passwordMinimum: 8 }) === undefined)).toEqual(
      [],
    );
  });
});

test("a name inside a long password is no problem, nor is an empty one", () => {
  expect(problems("ann walks to the harbour", {}, { givenName: "ann", familyName: "" })).toBeUndefined();
  const names = { username: "hedy", givenName: "Hedy", familyName: "Lamarr" };
  expect(problems("Hedy Lamarr at the quiet lake", {}, names)).toBeUndefined();
});

test("whatever is sent, the estimate looks at a hundred thousand pieces of it at most", () => {
  const hostile = ["4@8({[</369!|1][+7x%2z05$", "20261122199012311999", "kJ8$", "(((((((([[[[[[[["];
  for (const part of hostile) {
    const text = part.repeat(64).slice(0, 256);
    // Each piece that is looked up in the dictionaries is cut out first.
    const cut = vi.spyOn(String.prototype, "slice");
    problems(text);
    const pieces = cut.mock.calls.length;
    cut.mockRestore();
    expect(pieces).toBeGreaterThan(100);
    expect(pieces).toBeLessThan(100_000);
  }
});

describe("hashes", () => {
  test("are argon2id with their own salt; the right password fits, any other does not", async () => {
    const [one, other] = await Promise.all([hashPassword(words(20)), hashPassword(words(20))]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(isOutdated(one)).toBe(false);
    expect(await verifyPassword(one, words(20))).toBe(true);
    for (const wrong of [words(21), words(19), "", words(20).toUpperCase(), `${words(20)}\0`])
      expect(await verifyPassword(one, wrong)).toBe(false);
  });

  test("O03: an outdated hash is made anew to the same one by each of several sign-ins, of the whole password", async () => {
    const renewed = (of: string, password = words(20)) => hashes.renewHash(of, password, product("test"));
    const [old, other] = [await bcrypt(words(20), 4), await bcrypt(words(20), 4)];
    const made = await renewed(old);
    expect(await renewed(old)).toBe(made);
    expect(new Set([made, await renewed(other), await renewed(old, words(21))]).size).toBe(3);
    expect([await verifyPassword(made, words(20)), isOutdated(made)]).toEqual([true, false]);
  });

  test("the same text from another keyboard is the same password", async () => {
    const composed = await hashPassword("caf\u00e9 au lait at dawn");
    expect(await verifyPassword(composed, "cafe\u0301 au lait at dawn")).toBe(true);
  });

  test("O03: nothing of a password is cut off: what differs after 72 bytes is another password", async () => {
    const long = words(100);
    const stored = await hashPassword(long);
    expect(await verifyPassword(stored, long.slice(0, 72))).toBe(false);
    expect(await verifyPassword(stored, `${long.slice(0, 99)}!`)).toBe(false);
    expect(await verifyPassword(stored, long)).toBe(true);
  });

  test.each([null, undefined, "", "plain text", "$argon2id$broken", "$2b$10$notours", importedDecoy(4)])(
    "nothing fits the stored value %j",
    async (stored) => {
      expect(await verifyPassword(stored, words(20))).toBe(false);
      expect(await verifyPassword(stored, "a decoy that nobody's password equals")).toBe(false);
    },
  );

  test.each(["2a", "2b", "2y"] as const)(
    "O03: an imported BCrypt hash $%s$ fits its password",
    async (version) => {
      const stored = (await bcrypt("harbour walk", 4)).replace(/^\$2b/, `$${version}`);
      expect(stored.startsWith(`$${version}$04$`)).toBe(true);
      expect(await verifyPassword(stored, "harbour walk")).toBe(true);
      expect(await verifyPassword(stored, "harbour Walk")).toBe(false);
      expect(isOutdated(stored)).toBe(true);
    },
  );

  test("an imported hash of an absurd cost fits nothing, at once", async () => {
    const stored = (await bcrypt("harbour walk", 4)).replace("$04$", "$31$");
    expect(await verifyPassword(stored, "harbour walk")).toBe(false);
  });

  test("a hash made with less than what holds now is outdated, one made with more is not", async () => {
    const made = (memoryCost: number, timeCost: number, algorithm = 2) =>
      argon2("harbour walk", { memoryCost, timeCost, parallelism: 1, algorithm });
    expect(isOutdated(await made(8_192, 2))).toBe(true);
    expect(isOutdated(await made(19_456, 1))).toBe(true);
    expect(isOutdated(await made(19_456, 2, 1))).toBe(true);
    expect(isOutdated(await made(32_768, 3))).toBe(false);
    expect(isOutdated("plain text")).toBe(true);
  });
});
