import { createHash } from "node:crypto";
import { hash, parseOptions, verify } from "@node-rs/argon2";
import type { Caller } from "#lib/kernel/caller.ts";
import type { Reader } from "#lib/kernel/database.ts";
import { dearWork } from "#lib/kernel/dear-work.ts";
import { logBug } from "#lib/kernel/log.ts";
import { fitsImported, importedCost, importedDecoy, isImported } from "./imported-hash.ts";
import { normalisePassword } from "./schema.ts";

/** `Algorithm.Argon2id`: the package exports a const enum, which isolated modules cannot read. */
const argon2id = 2;

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. Runs on the thread pool, never on the event loop. */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @param caller for whom, here and below: hashing waits its turn */
export function hashPassword(password: string, caller: Caller): Promise<string> {
  return dearWork(caller, () => hash(normalisePassword(password), cost));
}

/**
 * The same for a password that fitted an outdated hash. Its salt is made from that one's, so that of several sign-ins
 * at once each makes the same hash, and none has to do more work to see what another one put there.
 */
export function renewHash(outdated: string, password: string, caller: Caller): Promise<string> {
  const salt = createHash("sha256").update(outdated).digest().subarray(0, 16);
  return dearWork(caller, () => hash(normalisePassword(password), { ...cost, salt }));
}

/** Whether a password fits a stored hash, imported or our own. Without one: no. */
export function verifyPassword(
  stored: string | null | undefined,
  password: string,
  caller: Caller,
): Promise<boolean> {
  return dearWork(caller, () => fits(stored, password));
}

/** Without a hash it does the same work and says no. */
async function fits(stored: string | null | undefined, password: string): Promise<boolean> {
  if (stored != null && isImported(stored)) return fitsImported(stored, password);
  const fitting = await fitsArgon2(stored ?? (await decoyHash()), password);
  return fitting && stored != null;
}

/**
 * The same for somebody who only says who they are: while imported hashes are left, everybody's try does the work of
 * both kinds, so that time does not tell whose hash was imported, nor who exists.
 */
export async function verifyStranger(
  reader: Reader,
  stored: string | null | undefined,
  password: string,
  caller: Caller,
): Promise<boolean> {
  const imported = await importedCost(reader);
  return dearWork(caller, async () => {
    if (imported === 0) return fits(stored, password);
    const theirs = stored != null && isImported(stored);
    const own = await fits(theirs ? null : stored, password);
    const there = await fitsImported(theirs ? stored : importedDecoy(imported), password);
    return theirs ? there : own;
  });
}

let decoy: Promise<string> | undefined;
function decoyHash(): Promise<string> {
  decoy ??= hash("a decoy that nobody's password equals", cost);
  return decoy;
}

async function fitsArgon2(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, normalisePassword(password));
  } catch (error) {
    // A damaged hash, or no memory for the work: to the person it looks like a wrong password.
    logBug(error, "password hash");
    return false;
  }
}

/** Imported, or made with less than what holds now: replaced at the next sign-in, from the whole password. */
export function isOutdated(stored: string): boolean {
  if (isImported(stored)) return true;
  try {
    const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
    return (
      algorithm !== argon2id ||
      memoryCost < cost.memoryCost ||
      timeCost < cost.timeCost ||
      parallelism !== cost.parallelism
    );
  } catch {
    return true;
  }
}
