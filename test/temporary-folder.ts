import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that lasts as long as the test that asks for it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-one-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
