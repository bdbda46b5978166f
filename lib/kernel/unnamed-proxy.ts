import ipaddr from "ipaddr.js";
import { firstIn } from "./first-in.ts";
import { log } from "./log.ts";
import { once } from "./registry.ts";

const most = 100;
const hour = 3_600_000;

/** Addresses that passed X-Forwarded-For on without being trusted; the one that did so last comes last. */
const seen = () => once("unnamed proxies", () => new Set<string>());

const internal = ["loopback", "private", "uniqueLocal", "linkLocal", "carrierGradeNat"];
const kindOf = (address: string) =>
  ipaddr.isValid(address) && internal.includes(ipaddr.process(address).range()) ? "internal" : "public";

const facts = (proxy: string) => ({
  where: "proxy",
  reason: "proxy_not_trusted",
  proxy,
  setting: "BAILIWICK_TRUSTED_PROXIES",
});

/**
 * A request came from this address with an X-Forwarded-For that does not count. It is a proxy that the operator forgot to
 * name, or somebody who invents the header: of the internal addresses, where proxies are, one has a line an hour, and one
 * of the others, so that strangers cannot take the line of a proxy. What the header said is not kept.
 */
export function noteUnnamedProxy(address: string): void {
  const known = seen();
  known.delete(address);
  known.add(address);
  const [oldest] = known;
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  if (!firstIn(hour, "unnamed proxy", kindOf(address))) return;
  log().warn(
    facts(address),
    "X-Forwarded-For from this address is ignored. If it is your proxy, add it to BAILIWICK_TRUSTED_PROXIES: until then all users behind it share its limits",
  );
}

/** Somebody was refused because too much came from their address, which may be the address of everybody behind a proxy. */
export function noteSharedLimit(address: string): void {
  if (!seen().has(address) || !firstIn(hour, "shared limit", kindOf(address))) return;
  log().warn(
    facts(address),
    "Requests through this address are refused as too many. It sends X-Forwarded-For: if it is your proxy, add it to BAILIWICK_TRUSTED_PROXIES, because all users behind it are counted as one",
  );
}
