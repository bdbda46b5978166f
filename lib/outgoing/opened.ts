import ipaddr from "ipaddr.js";
import { env } from "#lib/kernel/env.ts";
import { addressesIn, judgeAddress } from "./judge-address.ts";

const loopback = ["127.0.0.0/8", "::1/128"];

/** What the operator opened: with its own setting, and by naming an issuer in the environment. */
export function openedByOperator(): string[] {
  const { internalAddresses, oidc } = env();
  return oidc.issuer === undefined ? internalAddresses : [...internalAddresses, bareHost(oidc.issuer)];
}

/** Whether this address may be connected to for this host. A host name opens what is internal, and no secret. */
export function mayConnect(opened: readonly string[], host: string, address: string): boolean {
  const verdict = judgeAddress(address);
  if (verdict === "public" || opened.some((entry) => isExactly(entry, address))) return true;
  if (verdict === "secret") return false;
  return opened.some((entry) => entry === host || contains(entry, address));
}

/** The host of an address as settings write it: in lower case, without brackets and without a dot at the end. */
export const bareHost = (url: string): string => bare(new URL(url).hostname);
export const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, "");

const isExactly = (entry: string, address: string) => {
  const [text = "", bits] = entry.split("/");
  if (!ipaddr.isValid(text)) return false;
  const wanted = ipaddr.parse(text);
  if (bits !== undefined && Number(bits) < wanted.toByteArray().length * 8) return false;
  return addressesIn(address).some((one) => one.toString() === wanted.toString());
};

function contains(entry: string, address: string): boolean {
  if (entry === "loopback") return loopback.some((range) => contains(range, address));
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [base, bits] = ipaddr.parseCIDR(entry);
  return addressesIn(address).some((one) => one.kind() === base.kind() && one.match(base, bits));
}
