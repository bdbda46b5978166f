import { pause } from "#server/pause.ts";
import type { Binaries } from "./binaries.ts";
import { liveness } from "./process-info.ts";
import { runProgram } from "./run-program.ts";

/** Stops a postmaster: in order first (sessions are ended, everything is written), at once if it takes too long. */
export async function shutDown(pid: number, binaries: Binaries, dataFolder: string): Promise<void> {
  if (process.platform === "win32") {
    const args = ["stop", "-D", dataFolder, "-m", "fast", "-w"];
    await runProgram(binaries.pgCtl, args, { cwd: dataFolder, account: undefined }).catch(() => undefined);
    return;
  }
  if ((await end(pid, "SIGINT", 30_000)) || (await end(pid, "SIGQUIT", 5_000))) return;
  await end(pid, "SIGKILL", 5_000);
}

async function end(pid: number, signal: NodeJS.Signals, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  while (Date.now() < deadline) {
    if ((await liveness(pid)) === "gone") return true;
    await pause(20);
  }
  return false;
}
