import { isIP } from "node:net";

/** An address, a CIDR range, or the word loopback. */
export function isAddressRange(entry: string): boolean {
  if (entry === "loopback") return true;
  const [address = "", bits, ...rest] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A host name as a URL has it: what a URL reads as an address, such as 0x7f.1, is none. */
export function isHostName(entry: string): boolean {
  const url = `http://${entry}/`;
  return URL.canParse(url) && new URL(url).hostname === entry && !entry.startsWith("[") && isIP(entry) === 0;
}
