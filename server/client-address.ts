import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyAddress from "proxy-addr";
import { noteUnnamedProxy } from "#lib/kernel/unnamed-proxy.ts";

/** Who asks, and how they reached us. */
export interface Client {
  address: string;
  scheme: "http" | "https";
  /** The host that the browser asked for. */
  host: string | undefined;
}

type Request = Pick<IncomingMessage, "headers" | "socket">;

/**
 * Reads X-Forwarded-For, -Proto and -Host, and believes them only from the proxies that the setting names. Another one that
 * sends them is noted: everybody behind it has its address.
 */
export function clientReader(trustedProxies: string[]): (request: Request) => Client {
  const trusts = proxyAddress.compile(trustedProxies);
  return (request) => {
    const peer = plain(request.socket.remoteAddress);
    const direct = { address: peer, scheme: "http" as const, host: request.headers.host };
    const forwarded = listOf(request.headers["x-forwarded-for"]);
    if (isIP(peer) === 0) return direct;
    if (!trusts(peer, 0)) {
      if (forwarded.length > 0) noteUnnamedProxy(peer);
      return direct;
    }
    return {
      address: furthestTrusted(peer, forwarded, trusts),
      scheme: listOf(request.headers["x-forwarded-proto"])[0] === "https" ? "https" : "http",
      host: listOf(request.headers["x-forwarded-host"])[0] ?? request.headers.host,
    };
  };
}

/** From the nearest hop outwards: the first address that no trusted proxy has; rubbish ends the walk. */
function furthestTrusted(
  peer: string,
  forwarded: string[],
  trusts: (address: string, hop: number) => boolean,
): string {
  let address = peer;
  for (const [index, entry] of forwarded.reverse().entries()) {
    const next = plain(entry);
    if (isIP(next) === 0) return address;
    address = next;
    if (trusts(address, index + 1)) continue;
    if (index + 1 < forwarded.length) noteUnnamedProxy(address);
    return address;
  }
  return address;
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** Without brackets, port and the prefix of an IPv4 address that came in over IPv6. */
function plain(address: string | undefined): string {
  const text = (address ?? "").replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^::ffff:(?=\d+\.)/i, "");
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(text) ? text.slice(0, text.lastIndexOf(":")) : text;
}
