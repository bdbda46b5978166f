import { describe, expect, test } from "vitest";
import { judgeAddress } from "./judge-address.ts";

/**
 * The special-purpose registries of IANA (RFC 6890), with what each says of "globally reachable"; `carried` is for
 * those that lead to an IPv4 address which they contain.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const registry: [block: string, first: string, last: string, reachable: boolean | "carried"][] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255", false],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255", false],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255", false],
  ["127.0.0.0/8", "127.0.0.0", "127.255.255.255", false],
  ["169.254.0.0/16", "169.254.0.0", "169.254.255.255", false],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255", false],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.255", false],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255", false],
  ["192.31.196.0/24", "192.31.196.0", "192.31.196.255", true],
  ["192.52.193.0/24", "192.52.193.0", "192.52.193.255", true],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255", false],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255", false],
  ["192.175.48.0/24", "192.175.48.0", "192.175.48.255", true],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255", false],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255", false],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255", false],
  ["224.0.0.0/4", "224.0.0.0", "239.255.255.255", false],
  ["240.0.0.0/4", "240.0.0.0", "255.255.255.254", false],
  ["255.255.255.255/32", "255.255.255.255", "255.255.255.255", false],
  ["::1/128", "::1", "::1", false],
  ["::/128", "::", "::", false],
  ["::ffff:0:0/96", "::ffff:0:0", "::ffff:ffff:ffff", "carried"],
  ["64:ff9b::/96", "64:ff9b::", "64:ff9b::ffff:ffff", "carried"],
  ["64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", false],
  ["100::/64", "100::", "100::ffff:ffff:ffff:ffff", false],
  ["100:0:0:1::/64", "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", false],
  ["2001::/23", "2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["2001::/32", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "carried"],
  ["2001:1::1/128", "2001:1::1", "2001:1::1", true],
  ["2001:2::/48", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", false],
  ["2001:3::/32", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", true],
  ["2001:4:112::/48", "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", true],
  ["2001:10::/28", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["2001:20::/28", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", true],
  ["2001:30::/28", "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", true],
  ["2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "carried"],
  ["2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", true],
  ["3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["5f00::/16", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["fec0::/10", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  ["ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
  // No registry speaks of what was never given out.
  ["outside 2000::/3", "4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false],
];

test.each(registry.filter(([, , , reachable]) => reachable === false))(
  "nothing in %s is public",
  (_block, first, last) => {
    expect(judgeAddress(first)).not.toBe("public");
    expect(judgeAddress(last)).not.toBe("public");
  },
);

test.each([
  ["192.0.1.255", "192.0.3.0"],
  ["9.255.255.255", "11.0.0.0"],
  ["100.63.255.255", "100.128.0.0"],
  ["126.255.255.255", "128.0.0.0"],
  ["169.253.255.255", "169.255.0.0"],
  ["172.15.255.255", "172.32.0.0"],
  ["192.167.255.255", "192.169.0.0"],
  ["198.17.255.255", "198.20.0.0"],
  ["203.0.112.255", "203.0.114.0"],
  ["223.255.255.255", "1.0.0.0"],
  ["2000::", "2001:200::1"],
  ["2001:db7:ffff::1", "2001:db9::1"],
  ["2606:4700:4700::1111", "3fff:1000::1"],
])("what stands beside the blocks is public: %s and %s", (before, after) => {
  expect([judgeAddress(before), judgeAddress(after)]).toEqual(["public", "public"]);
});

/** Each way to write an IPv4 address into an IPv6 address, given its two halves. */
const ways: Record<string, (high: string, low: string, teredo: string) => string> = {
  mapped: (high, low) => `::ffff:${high}:${low}`,
  compatible: (high, low) => `::${high}:${low}`,
  translated: (high, low) => `::ffff:0:${high}:${low}`,
  nat64: (high, low) => `64:ff9b::${high}:${low}`,
  "6to4": (high, low) => `2002:${high}:${low}::1`,
  teredo: (_high, _low, teredo) => `2001:0:4136:e378:8000:63bf:${teredo}`,
};
const addresses: [text: string, high: string, low: string, teredo: string, verdict: string][] = [
  ["169.254.169.254", "a9fe", "a9fe", "5601:5601", "secret"],
  ["168.63.129.16", "a83f", "8110", "57c0:7eef", "secret"],
  ["100.100.100.200", "6464", "64c8", "9b9b:9b37", "secret"],
  ["10.0.0.5", "a00", "5", "f5ff:fffa", "internal"],
  ["127.0.0.1", "7f00", "1", "80ff:fffe", "internal"],
  ["93.184.215.14", "5db8", "d70e", "a247:28f1", "public"],
];

describe.each(addresses)("%s", (text, high, low, teredo, verdict) => {
  test("is judged as it is", () => expect(judgeAddress(text)).toBe(verdict));

  test.each(Object.entries(ways))("is found inside an IPv6 address: %s", (_name, write) => {
    expect(judgeAddress(write(high, low, teredo))).toBe(verdict);
  });

  test("is never public behind a translator of the local network, however that writes it", () => {
    const behind48 = `64:ff9b:1:${high}:${low.padStart(4, "0").slice(0, 2)}:${low.padStart(4, "0").slice(2)}00::`;
    for (const one of [`64:ff9b:1::${high}:${low}`, behind48])
      expect(judgeAddress(one)).toBe(verdict === "secret" ? "secret" : "internal");
  });
});

test.each([
  "fd00:ec2::254",
  "fd20:ce::254",
  "fd00:42::42",
  "192.0.0.192",
  "fe80::a9fe:a9fe",
  "fe80::1%eth0",
  "169.254.170.2",
])("%s is where a cloud tells secrets", (address) => {
  expect(judgeAddress(address)).toBe("secret");
});

test.each(["", "localhost", "1.2.3", "::g", "10.0.0.0/8"])(
  "%j is no address, and so it is closed",
  (text) => {
    expect(judgeAddress(text)).toBe("secret");
  },
);
