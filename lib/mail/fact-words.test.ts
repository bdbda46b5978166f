import { expect, test } from "vitest";
import { instantWords, placeWords } from "./fact-words.ts";

test.each([
  ["2026-03-02T09:05:59.999Z", "March 2, 2026 at 09:05 UTC"],
  ["2026-11-30T00:00:00Z", "November 30, 2026 at 00:00 UTC"],
])("an instant is told in long form, with its time zone: %s", (at, words) => {
  expect(instantWords(new Date(at))).toBe(words);
});

const agent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

test.each([
  ["198.51.100.7", "IP address 198.51.100.7"],
  ["::ffff:198.51.100.7", "IP address 198.51.100.7"],
  ["2001:DB8:0:0::1", "IP address 2001:db8::1"],
  ["::1", "on the server of the console itself"],
  ["127.0.0.1", "on the server of the console itself"],
  [undefined, "unknown IP address"],
])("an address is named plainly: %s", (address, words) => {
  expect(placeWords({ address, agent })).toBe(`Chrome 140 on Linux, ${words}`);
});
