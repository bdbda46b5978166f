import { open, stat } from "node:fs/promises";

export const logFileOf = (dataFolder: string) => `${dataFolder}.log`;

/** How long the server's log is, in bytes: what a start says comes after that. */
export async function logSize(dataFolder: string): Promise<number> {
  return stat(logFileOf(dataFolder)).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Why a server that was started at `from` of its log ended, for the sentence that reports it. */
export async function lastWords(dataFolder: string, from: number): Promise<string> {
  return causeIn(await logAfter(dataFolder, from), dataFolder) ?? "it said nothing";
}

/** What a server says to those who knock too early or too late, while it starts and stops for another reason. */
const harmless =
  /the database system is (starting up|shutting down|not yet accepting connections|in recovery)/;
const telling = [/PANIC:/, /FATAL:/, /error:|ERROR:/, /could not|No space left|Permission denied/];

/**
 * The line of PostgreSQL's or initdb's output that names the cause, without what stands before it.
 * @param folder what the programs knew under another name
 */
export function causeIn(output: string, folder: string): string | undefined {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !harmless.test(line));
  const told = telling
    .map((kind) => lines.find((line) => kind.test(line)))
    .find((line) => line !== undefined);
  return (told ?? lines.at(-1))
    ?.replace(/^.*?\b(PANIC|FATAL|ERROR|LOG): +/, "")
    .replace(/^.*?\b(initdb|postgres): (error: )?/, "")
    .replaceAll("/proc/self/cwd", folder)
    .replace(/\.$/, "");
}

/** The way out, where the cause alone does not show it. */
export function remedyFor(cause: string): string {
  if (/No space left on device|disk quota/i.test(cause)) return " Free some space, then start again.";
  if (/pg_wal|checkpoint record|WAL/.test(cause)) return " Restore the whole data folder from a backup.";
  return "";
}

async function logAfter(dataFolder: string, from: number): Promise<string> {
  const file = await open(logFileOf(dataFolder), "r").catch(() => undefined);
  if (!file) return "";
  try {
    const { size } = await file.stat();
    // A log that was begun anew is shorter.
    const start = size < from ? 0 : from;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
