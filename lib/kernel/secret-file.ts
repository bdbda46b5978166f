import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { StartError } from "./errors.ts";
import { folderRefusal } from "./folder-refusal.ts";

/**
 * A secret of 32 random bytes, base64, kept in `<folder>/<name>` with mode 600 and made when it is missing.
 * Two processes that make it at once end up with the same one: the file appears whole or not at all.
 */
export function secretFile(folder: string, name: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return readSecretFile(path) ?? make(path);
  } catch (error) {
    throw error instanceof StartError ? error : folderRefusal(folder, error);
  }
}

/** What the file holds; undefined when there is none. */
export function readSecretFile(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8").trim();
    closeToOthers(path);
    if (Buffer.from(text, "base64").length === 32) return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  throw new StartError(
    "secret_broken",
    `${path} is damaged: it does not hold a generated secret. Restore it from a backup. Without one, move the file away and start again: ${withoutIt(basename(path))}.`,
  );
}

/** What a new one would cost. Only the database knows what is sealed, and is not up yet; it is asked by `check-secret.ts`. */
const withoutIt = (name: string) =>
  name === "secret"
    ? "Bailiwick makes a new one, and says what would be lost before it uses it"
    : "Bailiwick makes a new one, and nothing that is stored is lost";

/** A restored backup may have opened it to everybody; where another account owns it, its mode is that account's affair. */
function closeToOthers(path: string): void {
  if (process.platform === "win32" || (statSync(path).mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

function make(path: string): string {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    chmodSync(draft, 0o600);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecretFile(path) as string;
}
