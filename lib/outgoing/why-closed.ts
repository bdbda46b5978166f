import { isIP } from "node:net";
import { ClosedAddress } from "./closed-address.ts";
import { bareHost, mayConnect, openedByOperator } from "./opened.ts";
import { resolveAll } from "./outgoing-agent.ts";

/**
 * Why a request to this URL would fail for its address, in the words of that failure; undefined when it would not, or
 * when its name is not found. It looks the name up and connects to nothing.
 */
export async function whyClosed(url: string, resolve = resolveAll): Promise<string | undefined> {
  const host = bareHost(url);
  const found = isIP(host) === 0 ? await addressesOf(host, resolve) : [host];
  const opened = openedByOperator();
  if (found.length === 0 || found.some((address) => mayConnect(opened, host, address))) return undefined;
  return new ClosedAddress(host, found).message;
}

const addressesOf = (host: string, resolve: typeof resolveAll) =>
  new Promise<string[]>((done) =>
    resolve(host, (_error, found) => done(found.map(({ address }) => address))),
  );
