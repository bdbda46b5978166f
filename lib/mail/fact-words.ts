import ipaddr from "ipaddr.js";
import type { Call } from "#lib/kernel/call.ts";
import { deviceWords } from "#lib/sessions/index.ts";

const long = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" });

/** "March 2, 2026 at 18:00 UTC": a mail does not know whose clock it is read by. */
export const instantWords = (at: Date): string => `${long.format(at)} at ${clock.format(at)} UTC`;

/** "Chrome 140 on Linux, IP address 198.51.100.7": what a reader can compare with where they were. */
export function placeWords({ address, agent }: Pick<Call, "address" | "agent">): string {
  return `${deviceWords(agent)}, ${addressWords(address)}`;
}

function addressWords(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return "unknown IP address";
  const parsed = ipaddr.process(address);
  if (parsed.range() === "loopback") return "on the server of the console itself";
  return `IP address ${parsed.toString()}`;
}
