import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "./policy.ts";

/** `Algorithm.Argon2id`: the package exports a const enum, which isolated modules cannot read. */
const argon2id = 2;

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. Runs on the thread pool, never on the event loop. */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), cost);
}

let decoy: Promise<string> | undefined;

/** Does the same work for an account that is not there or has no password, so that time tells nothing. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("a decoy that nobody's password equals");
  try {
    const matches = await verify(stored ?? (await decoy), normalisePassword(password));
    return matches && stored != null;
  } catch {
    return false;
  }
}
