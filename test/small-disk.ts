import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  folder: string;
  remove(): void;
}

/**
 * A disk of its own that is soon full, such as `40m`. Only root may make one, and not in every container: undefined then,
 * and a line that says what was not tried.
 */
export function smallDisk(size: string): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-disk-"));
  const remove = () => {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=755`, "none", folder]).status === 0)
    return { folder, remove };
  remove();
  process.stderr.write(`A disk of ${size} cannot be made here: that it runs full was not tried.\n`);
  return undefined;
}
