import ipaddr from "ipaddr.js";

/**
 * What counts as one caller: an IPv4 address, the /64 that one IPv6 line is given, or the /48 that one site is given.
 * `wider` is looser, for those who own many lines; for IPv4 both are the address.
 */
export interface AddressBlock {
  line: string;
  wider: string;
}

/** An address as every counter keys it. What is no address counts as one caller together with all that are none. */
export function addressBlock(address: string | undefined): AddressBlock {
  if (address === undefined || !ipaddr.isValid(address)) return { line: "unknown", wider: "unknown" };
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return { line: parsed.toString(), wider: parsed.toString() };
  return { line: networkOf(parsed, 64), wider: networkOf(parsed, 48) };
}

const networkOf = (address: ipaddr.IPv6, bits: number): string =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/${bits}`).toString()}/${bits}`;
