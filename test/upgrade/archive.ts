import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { brotliCompress, constants, createBrotliDecompress } from "node:zlib";

const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;

/** Compresses as far as it goes: it is done once a release, and stays in every clone. */
export async function writeCompressed(path: string, content: Buffer): Promise<void> {
  const params = {
    [BROTLI_PARAM_QUALITY]: 11,
    [BROTLI_PARAM_LGWIN]: 24,
    [BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const compressed = await new Promise<Buffer>((done, fail) => {
    brotliCompress(content, { params }, (error, result) => (error ? fail(error) : done(result)));
  });
  await writeFile(path, compressed);
}

/** A folder with all that is in it, empty folders included. */
export async function packFolder(folder: string, path: string): Promise<void> {
  const tar = spawn("tar", ["-cf", "-", "-C", folder, "."], { stdio: ["ignore", "pipe", "inherit"] });
  const [content] = await Promise.all([buffer(tar.stdout), finished(tar)]);
  await writeCompressed(path, content);
}

/** The folder is this process's own afterwards, whoever had packed it. */
export async function unpackFolder(path: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unpacked = join(folder, "unpacked.tar");
  // By a file: tar may end before the last of what it is piped was written.
  await pipeline(createReadStream(path), createBrotliDecompress(), createWriteStream(unpacked));
  await finished(spawn("tar", ["-xpf", unpacked, "--no-same-owner", "-C", folder], { stdio: "inherit" }));
  await rm(unpacked);
}

export async function readCompressed(path: string): Promise<string> {
  const stream = createReadStream(path).pipe(createBrotliDecompress());
  return (await buffer(stream)).toString("utf8");
}

async function finished(tar: ReturnType<typeof spawn>): Promise<void> {
  const [code] = await once(tar, "close");
  if (code !== 0) throw new Error(`tar ended with ${code}.`);
}
