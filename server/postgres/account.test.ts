import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { handOver } from "./account.ts";

const old = 65534;
const account = { name: "somebody", uid: 65533, gid: 65533 };
const ownerOf = async (path: string) => (await stat(path)).uid;

test.runIf(process.getuid?.() === 0)(
  "a folder that is being handed over when the start is killed is handed over by the next one",
  async () => {
    const folder = join(await temporaryFolder(), "data");
    const base = join(folder, "base");
    await mkdir(base, { recursive: true });
    const files = Array.from({ length: 5000 }, (_, index) => join(base, String(index)));
    for (const file of files) await writeFile(file, "");
    for (const path of [folder, base, ...files]) await chown(path, old, old);
    const source = `
      import { handOver } from "#server/postgres/account.ts";
      console.log("begins");
      await handOver(${JSON.stringify(folder)}, ${JSON.stringify(account)});`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = once(child, "exit");
    await once(child.stdout, "data");
    while ((await ownerOf(base)) === old) await new Promise(setImmediate);
    child.kill("SIGKILL");
    await gone;
    const done = await Promise.all(files.map(ownerOf));
    expect(done).toContain(old);
    expect([await ownerOf(folder), (await stat(folder)).mode & 0o777]).toEqual([0, 0o700]);
    await handOver(folder, account);
    expect(new Set(await Promise.all([folder, ...files].map(ownerOf)))).toEqual(new Set([account.uid]));
  },
);
