import { expect, test } from "vitest";
import { addressBlock } from "./address-block.ts";

test("addresses of one IPv6 line are one caller, those of one site share the wider block", () => {
  const one = addressBlock("2001:db8:1:2::1");
  expect(addressBlock("2001:db8:1:2:ffff:ffff:ffff:ffff")).toEqual(one);
  expect(addressBlock("2001:DB8:1:2:0:0:0:1%eth0").line).toBe(one.line);
  const neighbour = addressBlock("2001:db8:1:3::1");
  expect(neighbour.line).not.toBe(one.line);
  expect(neighbour.wider).toBe(one.wider);
  expect(addressBlock("2001:db8:2::1").wider).not.toBe(one.wider);
});

test("an IPv4 address is itself, however it is written", () => {
  expect(addressBlock("192.0.2.7")).toEqual({ line: "192.0.2.7", wider: "192.0.2.7" });
  expect(addressBlock("::ffff:192.0.2.7")).toEqual(addressBlock("192.0.2.7"));
});

test("what is no address is one caller", () => {
  for (const none of [undefined, "", "unknown", "192.0.2.7:80"])
    expect(addressBlock(none)).toEqual({ line: "unknown", wider: "unknown" });
});
