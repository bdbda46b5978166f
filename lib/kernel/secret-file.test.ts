import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stops } from "#test/stops.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { secretFile } from "./secret-file.ts";

const folderOf = async () => join(await temporaryFolder(), "data");

test("a secret is made once, for its owner's eyes only", async () => {
  const folder = await folderOf();
  const first = secretFile(folder, "secret");
  expect(Buffer.from(first, "base64")).toHaveLength(32);
  expect(secretFile(folder, "secret")).toBe(first);
  expect(secretFile(folder, "another")).not.toBe(first);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual(["another", "secret"]);
});

test("a damaged secret is not replaced in silence", async () => {
  const folder = await folderOf();
  secretFile(folder, "secret");
  await writeFile(join(folder, "secret"), "");
  expect(() => secretFile(folder, "secret")).toThrow(stops("secret_broken", join(folder, "secret")));
});

test("a folder that cannot be made is said in one sentence", async () => {
  const folder = await folderOf();
  await writeFile(folder, "a file is in the way");
  expect(() => secretFile(folder, "secret")).toThrow(stops("data_folder_closed", folder, "BAILIWICK_DATA"));
});
