import { account, type Caller, client } from "./caller.ts";
import { once } from "./registry.ts";
import { hashToken } from "./secret-token.ts";

const most = 10_000;
const quarter = 15 * 60_000;

/** Callers by the hash of a secret, the one longest not heard of first. */
type Known = Map<string, { caller: Caller; until: number }>;

const known = (which: "known callers" | "callers by browser") => once<Known>(which, () => new Map());

function keep(callers: Known, key: string, caller: Caller, until: number): void {
  callers.delete(key);
  callers.set(key, { caller, until });
  const [oldest] = callers.keys();
  if (callers.size > most && oldest !== undefined) callers.delete(oldest);
}

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

/**
 * Keeps in mind for a quarter of an hour that this secret was somebody's, so that their next request stands in line as
 * theirs before anything is asked of the database. It decides about places in queues and about nothing else: the
 * session or token may have ended since.
 */
export function rememberCaller(secret: string, { kind, id }: { kind: "user" | "client"; id: string }): void {
  const caller = kind === "user" ? account(id) : client(id);
  keep(known("known callers"), keyOf(hashToken(secret)), caller, Date.now() + quarter);
}

/** Whose secret this was not long ago. */
export function knownCaller(secret: string | undefined): Caller | undefined {
  const found = secret ? known("known callers").get(keyOf(hashToken(secret))) : undefined;
  return found && found.until > Date.now() ? found.caller : undefined;
}

/** The same of a browser that an account knows, for as long as the process lives: it comes back after days. */
export function rememberBrowser(tokenHash: Uint8Array, userId: string): void {
  keep(known("callers by browser"), keyOf(tokenHash), account(userId), Number.POSITIVE_INFINITY);
}

/** Whose browser has this secret, or had. */
export const callerOfBrowser = (secret: string): Caller | undefined =>
  known("callers by browser").get(keyOf(hashToken(secret)))?.caller;
