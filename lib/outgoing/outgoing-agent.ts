import { lookup as ask, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { ClosedAddress } from "./closed-address.ts";
import { bare, mayConnect } from "./opened.ts";

interface Options {
  /** What is open besides public addresses, asked for every connection. */
  opened: () => readonly string[];
  /** Answers every address of a name, as node:dns does. */
  resolve?: (name: string, answer: (error: Error | null, found: LookupAddress[]) => void) => void;
}

/** A slow host keeps so many sockets busy and no more. */
const connections = 20;

/**
 * Connects to addresses that are open and to no other. The check is made on the very addresses that the connection
 * gets, so a name that answers differently the next time gains nothing. A socket serves one origin only, and a proxy
 * of the environment is not asked: behind it nobody would see the address.
 */
export function newOutgoingAgent({ opened, resolve = resolveAll }: Options): Agent {
  const lookup: LookupFunction = (name, { all }, answer) => {
    resolve(name, (error, found) => {
      if (error) return answer(error, []);
      const open = found.filter(({ address }) => mayConnect(opened(), bare(name), address));
      const [first] = open;
      if (!first)
        return answer(
          new ClosedAddress(
            bare(name),
            found.map(({ address }) => address),
          ),
          [],
        );
      return all ? answer(null, open) : answer(null, first.address, first.family);
    });
  };
  const dial = buildConnector({ lookup, timeout: 5_000 });
  return new Agent({
    connections,
    connect(options, answer) {
      const host = bare(options.hostname);
      // No name is looked up for what is an address already.
      if (isIP(host) !== 0 && !mayConnect(opened(), host, host))
        return answer(new ClosedAddress(host, [host]), null);
      return dial(options, answer);
    },
  });
}

/** Every address of a name, in the order of the system. */
export const resolveAll: NonNullable<Options["resolve"]> = (name, answer) =>
  ask(name, { all: true }, (error, found) => answer(error, found ?? []));
