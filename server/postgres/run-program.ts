import { spawn } from "node:child_process";
import type { Account } from "./account.ts";

/** How PostgreSQL's programs name the folder that they work on, as an argument. */
export function folderArgument(folder: string, account: Account | undefined): string {
  // Under another account the path may lead through folders closed to it (/root): the working folder is open
  // already, and Linux names it without going through its path.
  return account && process.platform === "linux" ? "/proc/self/cwd" : folder;
}

/** No setting of the console reaches PostgreSQL, and its messages are in English whatever the machine speaks. */
export const programEnvironment = {
  LC_ALL: "C",
  TZ: "UTC",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  ...(process.platform === "win32" ? { SystemRoot: "C:\\Windows" } : {}),
} as Record<string, string> as NodeJS.ProcessEnv;

/** Runs a program to its end, or until the signal; what it printed comes back, as an error if it failed. */
export function runProgram(
  file: string,
  args: string[],
  options: { cwd: string; account: Account | undefined; signal?: AbortSignal | undefined },
): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      uid: options.account?.uid,
      gid: options.account?.gid,
      env: programEnvironment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const end = () => child.kill("SIGTERM");
    if (options.signal?.aborted) end();
    options.signal?.addEventListener("abort", end, { once: true });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", fail);
    child.on("close", (code) => {
      options.signal?.removeEventListener("abort", end);
      if (code === 0) done(output);
      else fail(new Error(output.trim()));
    });
  });
}
