import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Where no provider lives, and where the machines of a cloud tell their secrets to whoever asks. */
const closed = new BlockList();
closed.addSubnet("169.254.0.0", 16, "ipv4");
closed.addSubnet("fe80::", 10, "ipv6");
closed.addAddress("fd00:ec2::254", "ipv6");

/** Nothing is asked of these, whatever name leads there. */
export async function refuseClosed(hostname: string): Promise<void> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(bare);
  const found = family ? [{ address: bare, family }] : await lookup(bare, { all: true }).catch(() => []);
  if (found.some(({ address, family: kind }) => closed.check(address, kind === 6 ? "ipv6" : "ipv4")))
    throw new Error(`${hostname} is no address of a provider.`);
}
