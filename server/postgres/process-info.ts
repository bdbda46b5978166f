import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

/** "gone" also covers a zombie: it holds a process id, and nothing else. */
export type Liveness = "alive" | "gone";

export async function liveness(pid: number): Promise<Liveness> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process has that id.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "alive" : "gone";
  }
  return (await state(pid)).startsWith("Z") ? "gone" : "alive";
}

async function state(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return text.slice(text.lastIndexOf(")") + 2);
  }
  if (process.platform === "win32") return "";
  return run("ps", ["-o", "stat=", "-p", String(pid)]);
}

/** Whether this process is the postmaster of that data folder, which is its working folder all its life. */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if ((await liveness(pid)) === "gone") return false;
  if (process.platform === "linux") {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    return folder === dataFolder;
  }
  if (process.platform === "win32") {
    return (await run("tasklist", ["/fi", `PID eq ${pid}`, "/nh"])).toLowerCase().includes("postgres");
  }
  return (await run("ps", ["-o", "command=", "-p", String(pid)])).includes(dataFolder);
}

async function run(command: string, args: string[]): Promise<string> {
  return promisify(execFile)(command, args).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
}
