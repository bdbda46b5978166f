import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { projectFolder } from "./project-folder.ts";

const quiet = "--disable-warning=ExperimentalWarning";

/** A command in an empty folder, with these settings alone. @returns its exit code and the files that it left there */
async function run([name = "", ...args]: string[], settings: Record<string, string> = {}) {
  const cwd = await temporaryFolder();
  const child = spawn(process.execPath, [join(projectFolder, "server", `${name}.ts`), ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, NODE_OPTIONS: quiet, ...settings },
    stdio: "ignore",
  });
  const [code] = await once(child, "exit");
  return { code, left: await readdir(cwd) };
}

const commands = [
  ["audit", "months"],
  ["audit", "delete-before", "2026-01"],
  ["break-glass", "ada"],
];

test.each(commands)("%s %s makes no file where there is no installation", async (...command) => {
  expect(await run(command)).toEqual({ code: 1, left: [] });
  const nowhere = { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/x" };
  expect(await run(command, nowhere)).toEqual({ code: 1, left: [] });
});

test("nor beside a database whose installation is elsewhere", async () => {
  const { url, drop } = await createTestDatabase();
  expect(await run(["audit", "months"], { DATABASE_URL: url })).toEqual({ code: 0, left: [] });
  expect(await run(["break-glass", "nobody"], { DATABASE_URL: url })).toEqual({ code: 1, left: [] });
  await drop();
});
