import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

/** A project that starts as ours does, with a console that says what it was told and closes for a while. */
async function project(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "scripts"));
  const { type, scripts } = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type, scripts: { start: scripts.start } }));
  const name = "when-parent-is-gone.mjs";
  await copyFile(join(projectFolder, "scripts", name), join(folder, "scripts", name));
  const source = `
    import { writeFileSync } from "node:fs";
    import { whenParentIsGone } from "./${name}";
    whenParentIsGone(() => process.kill(process.pid, "SIGTERM"));
    process.on("SIGTERM", () => setTimeout(() => {
      writeFileSync("closed", "");
      process.exit(0);
    }, 300));
    setInterval(() => {}, 1000);
    console.log("started");`;
  await writeFile(join(folder, "scripts", "start.mjs"), source);
  return folder;
}

async function npmStart(folder: string): Promise<ChildProcess> {
  const npm = spawn("npm", ["start", "--silent"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  await once(npm.stdout as NodeJS.ReadableStream, "data");
  return npm;
}

const closed = (folder: string) =>
  readFile(join(folder, "closed")).then(
    () => true,
    () => false,
  );

test("SIGTERM to npm closes the console in order, and npm ends with its exit code", async () => {
  const folder = await project();
  const npm = await npmStart(folder);
  npm.kill("SIGTERM");
  const [code] = await once(npm, "exit");
  expect([code, await closed(folder)]).toEqual([0, true]);
});

test("a console whose npm was killed closes in order too", async () => {
  const folder = await project();
  const npm = await npmStart(folder);
  npm.kill("SIGKILL");
  await expect.poll(() => closed(folder), { timeout: 10_000 }).toBe(true);
});
