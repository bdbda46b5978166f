import { addressBlock } from "./address-block.ts";
import type { Call } from "./call.ts";

/** Whether somebody has shown that they belong here, be it by a browser that an account knows. */
export type ForWhom = "known" | "stranger";

/** Who stands in a queue: what one of them asks for holds up the others by a turn, however much it is. */
export interface Caller {
  whom: ForWhom;
  name: string;
}

/** Somebody signed in, or in a browser that this account knows, or with a link that was mailed to it. */
export const account = (id: string): Caller => ({ whom: "known", name: `user ${id}` });

/** A provisioning client. */
export const client = (id: string): Caller => ({ whom: "known", name: `client ${id}` });

/** What the product does by itself. */
export const product = (name: string): Caller => ({ whom: "known", name: `system ${name}` });

/** Anybody, by the address as the limits count it. */
export const stranger = ({ address }: Pick<Call, "address">): Caller => ({
  whom: "stranger",
  name: `address ${addressBlock(address).wider}`,
});

/** Who asks: a person, a provisioning client, the product for itself or for somebody at an address, or an address. */
export function callerOf({ actor, address }: Pick<Call, "actor" | "address">): Caller {
  if (actor.kind === "user") return account(actor.id);
  if (actor.kind === "client") return client(actor.id);
  if (actor.kind === "anonymous") return stranger({ address });
  // A provider vouches for many people in the name of one.
  return product(address === undefined ? actor.name : `${actor.name} for ${addressBlock(address).wider}`);
}
