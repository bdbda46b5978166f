import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pause } from "#server/pause.ts";
import { readPostmasterFile } from "#server/postgres/postmaster-file.ts";
import { liveness } from "#server/postgres/process-info.ts";
import { runningServer } from "#server/postgres/running-server.ts";
import { found, prepare, type Target, write } from "./crash-writes.ts";
import { freePort, type RunningConsole, startConsole } from "./running-console.ts";

const rounds = Number(process.argv[2] ?? 20);
const data = await mkdtemp(join(tmpdir(), "bailiwick-crash-"));
const settings = { BAILIWICK_DATA: data, PORT: String(await freePort()) };

async function postmaster() {
  const file = await readPostmasterFile(join(data, "postgres"));
  const url = await runningServer(join(data, "postgres"), "superuser");
  return { pid: file?.pid ?? 0, url: url ?? "" };
}

async function untilReady(address: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const response = await fetch(`${address}/api/health/ready`).catch(() => undefined);
    if (response?.ok) return;
    await pause(50);
  }
  throw new Error("The console did not become ready again.");
}

let running: RunningConsole | undefined;
try {
  process.exitCode = await crash();
} finally {
  // Only where something went wrong is anything left to end.
  running?.child.kill("SIGKILL");
  const { pid } = await postmaster();
  if (pid > 0) process.kill(pid, "SIGINT");
  await rm(data, { recursive: true, force: true });
}

async function crash(): Promise<number> {
  running = await startConsole(settings);
  const target: Target = { address: running.address, databaseUrl: (await postmaster()).url };
  await prepare(target);

  let writing = true;
  let tried = 0;
  const acknowledged: string[] = [];
  const writer = async (name: number) => {
    while (writing) {
      tried += 1;
      const id = `crash-${name}-${tried}`;
      await write(target, id).then(
        () => acknowledged.push(id),
        () => pause(20),
      );
    }
  };
  const writers = [1, 2, 3, 4].map(writer);

  for (let round = 1; round <= rounds; round += 1) {
    await pause(200 + Math.random() * 600);
    const victim = round % 2 === 1 ? "the console" : "PostgreSQL";
    const before = acknowledged.length;
    const begun = Date.now();
    if (victim === "the console") {
      await running.end("SIGKILL");
      running = await startConsole(settings);
    } else {
      const { pid } = await postmaster();
      if (pid === 0) throw new Error("PostgreSQL does not run.");
      process.kill(pid, "SIGKILL");
      while ((await postmaster()).pid === pid) await pause(20);
      // The answer to readiness is up to a second old.
      await pause(1_000);
    }
    await untilReady(target.address);
    target.databaseUrl = (await postmaster()).url;
    process.stdout.write(
      `round ${round}: killed ${victim} after ${before} writes, ready again after ${Date.now() - begun} ms\n`,
    );
  }
  await pause(500);
  writing = false;
  await Promise.all(writers);

  const { whole, half } = await found(target);
  const there = new Set(whole);
  const lost = acknowledged.filter((id) => !there.has(id));
  const { pid } = await postmaster();
  const code = await running.end("SIGTERM");
  const left = await liveness(pid);
  process.stdout.write(
    `${rounds} rounds, ${tried} writes tried, ${acknowledged.length} acknowledged: ${lost.length} lost, ${half.length} half made; exit code ${code}, PostgreSQL ${left}\n`,
  );
  return lost.length + half.length === 0 && code === 0 && left === "gone" ? 0 : 1;
}
