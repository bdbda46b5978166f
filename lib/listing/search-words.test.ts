import { expect, test } from "vitest";
import { searchWords } from "./search-words.ts";

test("a search has at most six parts, however many words are typed", () => {
  expect(searchWords("")).toEqual([]);
  expect(searchWords("  jane\tdoe jane ")).toEqual(["jane", "doe"]);
  expect(searchWords("a b c d e f")).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(searchWords("p e o n s r 1 2 @ m")).toEqual(["p", "e", "o", "n", "s", "r 1 2 @ m"]);
});
