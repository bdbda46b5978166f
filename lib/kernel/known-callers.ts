import { account, type Caller } from "./caller.ts";
import { registry } from "./registry.ts";
import { hashToken } from "./secret-token.ts";

const slot = "known callers";
const most = 10_000;
const lasts = 15 * 60_000;

type Known = Map<string, { caller: Caller; until: number }>;

function known(): Known {
  const { slots } = registry();
  const present = (slots.get(slot) as Known | undefined) ?? new Map();
  slots.set(slot, present);
  return present;
}

const keyOf = (secret: string): string => Buffer.from(hashToken(secret)).toString("base64");

/**
 * Keeps in mind for a quarter of an hour that this secret was somebody's, so that their next request stands in line as
 * theirs before anything is asked of the database. It decides about places in queues and about nothing else: the
 * session or token may have ended since.
 */
export function rememberCaller(secret: string, { kind, id }: { kind: "user" | "client"; id: string }): void {
  const callers = known();
  const key = keyOf(secret);
  callers.delete(key);
  const caller: Caller = kind === "user" ? account(id) : { whom: "known", name: `client ${id}` };
  callers.set(key, { caller, until: Date.now() + lasts });
  const [oldest] = callers.keys();
  if (callers.size > most && oldest !== undefined) callers.delete(oldest);
}

/** Whose secret this was not long ago. */
export function knownCaller(secret: string | undefined): Caller | undefined {
  const found = secret ? known().get(keyOf(secret)) : undefined;
  return found && found.until > Date.now() ? found.caller : undefined;
}
