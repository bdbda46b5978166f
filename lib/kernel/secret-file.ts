import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
    return read(path) ?? make(path);
  } catch (error) {
    throw error instanceof StartError ? error : folderRefusal(folder, error);
  }
}

function read(path: string): string | undefined {
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
    `${path} does not hold a generated secret: restore it from a backup, or delete it for a new one.`,
  );
}

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
  return read(path) as string;
}
