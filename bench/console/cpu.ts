import { existsSync, readFileSync } from "node:fs";
import type pg from "pg";

/** Linux counts CPU time for programs in hundredths of a second, whatever the kernel was built with. */
const ticksPerSecond = 100;

/** CPU milliseconds used so far. */
export type Cpu = () => number;

/** User and system time of a process, from /proc. Undefined where there is none: only Linux tells of others' CPU. */
export function cpuOfProcess(pid: number): Cpu | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  return () => milliseconds(fields(pid).slice(11, 13));
}

/**
 * User and system time of PostgreSQL with all its backends, those that have ended included. Undefined where the server
 * is not on this machine.
 */
export async function cpuOfPostgres(client: pg.Client): Promise<Cpu | undefined> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const backend = rows[0]?.pid as number;
  const comm = `/proc/${backend}/comm`;
  if (!existsSync(comm) || readFileSync(comm, "utf8").trim() !== "postgres") return undefined;
  const postmaster = Number(fields(backend)[1]);
  const children = `/proc/${postmaster}/task/${postmaster}/children`;
  if (!existsSync(children)) return undefined;
  return () => {
    let all = milliseconds(fields(postmaster).slice(11, 15));
    for (const pid of readFileSync(children, "utf8").split(" ").filter(Boolean)) {
      try {
        all += milliseconds(fields(Number(pid)).slice(11, 13));
      } catch {
        // Ended meanwhile: from the next time on the postmaster's own figures have it.
      }
    }
    return all;
  };
}

/** Of /proc/PID/stat, from the state on: the name before it may hold spaces and brackets. */
const fields = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

const milliseconds = (ticks: readonly string[]): number =>
  (ticks.reduce((sum, one) => sum + Number(one), 0) * 1000) / ticksPerSecond;
