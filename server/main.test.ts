import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEmptyDatabase } from "#test/database.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { lockDataFolder } from "./data-lock.ts";
import { projectFolder } from "./project-folder.ts";

/** Runs the console until it ends, which it has to do with one sentence and exit code 1. */
async function sentenceOf(settings: Record<string, string>): Promise<string> {
  const child = spawn(
    process.execPath,
    ["--experimental-strip-types", join(projectFolder, "server", "main.ts")],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "test",
        NODE_NO_WARNINGS: "1",
        PORT: "0",
        HOST: "127.0.0.1",
        ...settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  child.stdout.resume();
  const [code] = await once(child, "close");
  expect(code, output).toBe(1);
  expect(output.trim().split("\n")).toHaveLength(1);
  return output.trim();
}

test("a wrong setting stops the start", async () => {
  expect(await sentenceOf({ PORT: "many", BAILIWICK_DATA: await temporaryFolder() })).toMatch(
    /^PORT .*65535.*3000.*"many"\.$/,
  );
});

test("a folder that another console uses stops the start", async () => {
  const folder = await temporaryFolder();
  const lock = await lockDataFolder(folder);
  await lock.announce("http://localhost:3000");
  expect(await sentenceOf({ BAILIWICK_DATA: folder })).toMatch(
    new RegExp(`${process.pid}.*http://localhost:3000.*${folder}.*BAILIWICK_DATA\\.$`),
  );
  await lock.release();
});

test("a port in use stops the start before anything is set up", async () => {
  const folder = await temporaryFolder();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  expect(await sentenceOf({ PORT: String(port), BAILIWICK_DATA: folder })).toContain(` PORT=${port + 1}`);
  taken.close();
});

test("a folder that cannot be written stops the start", async () => {
  expect(await sentenceOf({ BAILIWICK_DATA: "/dev/null/data" })).toMatch(
    /\/dev\/null\/data.*BAILIWICK_DATA\.$/,
  );
});

test("a database that does not answer stops the start, and its password stays unsaid", async () => {
  const sentence = await sentenceOf({
    DATABASE_URL: "postgresql://user:hunter2@127.0.0.1:1/bailiwick",
    BAILIWICK_DATA: await temporaryFolder(),
  });
  expect(sentence).toMatch(/127\.0\.0\.1:1\/bailiwick.*ECONNREFUSED.*DATABASE_URL/);
  expect(sentence).not.toContain("hunter2");
});

test("a catalogue that does not exist stops the start", async () => {
  const database = await createEmptyDatabase();
  const settings = {
    DATABASE_URL: database.url,
    BAILIWICK_CATALOGUE: "nowhere",
    BAILIWICK_DATA: await temporaryFolder(),
  };
  expect(await sentenceOf({ ...settings, LOG_LEVEL: "warn" })).toContain("nowhere");
  await database.drop();
});
