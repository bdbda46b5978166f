import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stops } from "#test/stops.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { lockDataFolder } from "./data-lock.ts";

async function otherProcess(folder: string) {
  const source = `import { lockDataFolder } from "#server/data-lock.ts";
    const lock = await lockDataFolder(${JSON.stringify(folder)});
    await lock.announce("http://localhost:3000");
    setInterval(() => {}, 1000);
    // Once this script has run to its end, nothing of it refers to the lock any more.
    setTimeout(() => { gc(); setTimeout(() => console.log("locked"), 20); }, 20);`;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module-typescript", "-e", source]);
  await once(child.stdout, "data");
  return child;
}

test("a second console on the same folder is told who has it, and a killed one holds nothing", async () => {
  const folder = await temporaryFolder();
  const first = await otherProcess(folder);
  await expect(lockDataFolder(folder)).rejects.toEqual(
    stops("data_folder_in_use", `${first.pid}`, "http://localhost:3000", folder),
  );
  first.kill("SIGKILL");
  await once(first, "exit");
  const lock = await lockDataFolder(folder);
  await lock.release();
});

test("of many that start at once, one gets the folder", async () => {
  const folder = await temporaryFolder();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
  const winners = tries.filter((result) => result.status === "fulfilled");
  expect(winners).toHaveLength(1);
  await winners[0]?.value.release();
  await (await lockDataFolder(folder)).release();
});

test("a folder that cannot be written is said in one sentence", async () => {
  const folder = join(await temporaryFolder(), "data");
  await writeFile(folder, "a file is in the way");
  await expect(lockDataFolder(folder)).rejects.toEqual(stops("data_folder_closed", folder, "BAILIWICK_DATA"));
});
