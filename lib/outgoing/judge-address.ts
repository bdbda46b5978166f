import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * `public`: anybody may be asked there. `internal`: only where the operator opened it. `secret`: where a cloud tells a
 * machine's secrets to whatever asks, and what a link alone knows; only under its exact address.
 */
export type Verdict = "public" | "internal" | "secret";
type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Metadata services, besides those of the link-local ranges, which are secret as a whole. */
const metadata = [
  "100.100.100.200", // Alibaba
  "168.63.129.16", // Azure
  "192.0.0.192", // Oracle
  "fd00:ec2::23", // AWS, pod identity
  "fd00:ec2::254", // AWS
  "fd00:c1::a9fe:a9fe", // Oracle
  "fd00:42::42", // Scaleway
  "fd20:ce::254", // Google
].map((text) => ipaddr.parse(text).toString());
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");
const localTranslation = ipaddr.IPv6.parseCIDR("64:ff9b:1::/48");
/** What ipaddr.js calls the ranges whose addresses lead to an IPv4 address that they contain. */
const carriers = ["ipv4Mapped", "rfc6145", "rfc6052", "6to4", "teredo"];

/** How far an address may be asked, by the most secret of what it leads to. No address at all is secret. */
export function judgeAddress(text: string): Verdict {
  const all = addressesIn(text).map(judge);
  if (all.length === 0 || all.includes("secret")) return "secret";
  return all.includes("internal") ? "internal" : "public";
}

/** The address, and the IPv4 addresses that it may carry: what a connection to it may reach. */
export function addressesIn(text: string): Address[] {
  if (isIP(text) === 0) return [];
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv6 ? [address, ...carried(address)] : [address];
}

function judge(address: Address): Verdict {
  const range: string = address.range();
  if (range === "linkLocal" || metadata.includes(address.toString())) return "secret";
  if (range === "unicast")
    return address instanceof ipaddr.IPv4 || address.match(globalUnicast) || isCompatible(address)
      ? "public"
      : "internal";
  // Judged by what it carries.
  if (address instanceof ipaddr.IPv6 && carriers.includes(range) && !address.match(localTranslation))
    return "public";
  return "internal";
}

/** `::192.0.2.1`, as the first transition to IPv6 wrote it. */
const isCompatible = (address: ipaddr.IPv6) => address.parts.slice(0, 6).every((part) => part === 0);

function carried(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray();
  const at = (...places: number[]) => new ipaddr.IPv4(places.map((place) => bytes[place] ?? 0));
  const last = at(12, 13, 14, 15);
  const range: string = address.range();
  if (range === "6to4") return [at(2, 3, 4, 5)];
  if (range === "teredo") return [new ipaddr.IPv4(last.octets.map((octet) => octet ^ 255))];
  // RFC 6052 writes an address behind 48 bits in two parts, and RFC 8215 leaves the length open.
  if (address.match(localTranslation)) return [last, at(6, 7, 9, 10)];
  return carriers.includes(range) || (range === "unicast" && isCompatible(address)) ? [last] : [];
}
