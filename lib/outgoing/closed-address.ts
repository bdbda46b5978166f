import { judgeAddress } from "./judge-address.ts";

/** Why nothing was asked of a host: nothing went out, so nothing is known of what is there. */
export class ClosedAddress extends Error {
  /** @param addresses all that the host has, each of them closed */
  constructor(host: string, addresses: string[]) {
    super(closedWords(host, addresses));
    this.name = "ClosedAddress";
  }
}

/** The same sentence whether something answers there or not: it tells nothing about the network behind the address. */
function closedWords(host: string, addresses: string[]): string {
  return addresses.some((address) => judgeAddress(address) === "internal")
    ? `${host} has an internal address, which Bailiwick does not contact unless its operator allows it: add ${host} to the setting BAILIWICK_INTERNAL_ADDRESSES and restart Bailiwick.`
    : `${host} has an address that no identity provider has. Use the address of the provider itself.`;
}

/** The closed address behind an error of a request, however deep it is. */
export function closedAddressIn(error: unknown): ClosedAddress | undefined {
  if (error instanceof ClosedAddress) return error;
  return error instanceof Error && error.cause !== undefined ? closedAddressIn(error.cause) : undefined;
}
