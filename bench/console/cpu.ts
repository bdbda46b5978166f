import { existsSync, readdirSync, readFileSync } from "node:fs";
import type pg from "pg";

/** CPU milliseconds, user and system, used so far. */
export type Cpu = () => number;

/** Of a process with all its threads. Undefined where there is no /proc: only Linux tells of others' CPU. */
export function cpuOfProcess(pid: number): Cpu | undefined {
  return existsSync(`/proc/${pid}/schedstat`) ? () => ofThreads(pid) : undefined;
}

/**
 * Of PostgreSQL with all its backends, those that have ended included. Undefined where the server is not on this
 * machine, or there is no /proc.
 */
export async function cpuOfPostgres(client: pg.Client): Promise<Cpu | undefined> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const backend = rows[0]?.pid as number;
  const comm = `/proc/${backend}/comm`;
  if (!existsSync(comm) || readFileSync(comm, "utf8").trim() !== "postgres") return undefined;
  const postmaster = Number(fields(backend)[1]);
  const children = `/proc/${postmaster}/task/${postmaster}/children`;
  if (!existsSync(children) || !existsSync(`/proc/${postmaster}/schedstat`)) return undefined;
  return () => {
    let all = ofThreads(postmaster) + ofEndedChildren(postmaster);
    for (const pid of readFileSync(children, "utf8").split(" ").filter(Boolean)) {
      try {
        all += ofThreads(Number(pid));
      } catch {
        // Ended meanwhile: from the next time on the postmaster's own figures have it.
      }
    }
    return all;
  };
}

/** Nanoseconds on a CPU are the first figure of a thread's schedstat. */
function ofThreads(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ", 1)[0]);
  return nanoseconds / 1e6;
}

/** Linux counts these for programs in hundredths of a second, whatever the kernel was built with. */
const ofEndedChildren = (pid: number): number =>
  fields(pid)
    .slice(13, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * 10, 0);

/** Of /proc/PID/stat, from the state on: the name before it may hold spaces and brackets. */
function fields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}
