import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { smallDisk } from "#test/small-disk.ts";
import { startStoppable } from "./stoppable.ts";

/** Writes until nothing more fits. */
async function fill(path: string): Promise<void> {
  for (let count = 0; ; count += 1) {
    const chunk = Buffer.alloc(count < 200 ? 1 << 20 : 1 << 12);
    const full = await writeFile(path, chunk, { flag: "a" }).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === "ENOSPC",
    );
    if (full && chunk.length > 1 << 12) count = 200;
    else if (full) return;
  }
}

test("a disk that is really full takes the console out of service and not down, until there is room again", async () => {
  test.setTimeout(120_000);
  const disk = smallDisk("150m");
  test.skip(
    !disk,
    "no disk of its own can be made here: e2e/outages.spec.ts has PostgreSQL say so without one",
  );
  if (!disk) return;
  const stoppable = await startStoppable(disk.folder);
  try {
    await fill(join(disk.folder, "others"));
    await stoppable.untilReady(false);
    for (let times = 0; times < 20; times += 1) {
      const answer = await fetch(`${stoppable.address}/scim/v2/Users`, {
        headers: { authorization: `Bearer ${String(times).padStart(43, "x")}` },
      });
      // What still fits into pages that are there is done.
      expect([401, 503]).toContain(answer.status);
    }
    expect((await fetch(`${stoppable.address}/api/health`)).status).toBe(200);
    await rm(join(disk.folder, "others"));
    await stoppable.untilReady(true);
    expect(stoppable.log().join("\n")).toContain('"reason":"database_full"');
    expect(stoppable.newBugs()).toEqual([]);
  } catch (error) {
    process.stderr.write(`${stoppable.child.exitCode} ${stoppable.log().slice(-5).join("\n")}\n`);
    throw error;
  } finally {
    await stoppable.stop();
    disk.remove();
  }
});
