import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pause } from "#server/pause.ts";
import { roles, urlOf } from "#server/postgres/endpoint.ts";
import type { DebianPostgres } from "./debian-postgres.ts";

export interface Pooler {
  /** Leads through it to the database `postgres`. */
  url: string;
  /** Ends it with everything that goes through it, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const port = 6432;

/** PgBouncer of Debian's packages in transaction mode, before every database of a server. */
export async function startPooler({ socketFolder, account }: DebianPostgres): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-"));
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, settings(socketFolder, folder));
  await chmod(folder, 0o755);
  if (account) await chown(folder, account.uid, account.gid);
  const url = urlOf({ port, socketFolder: folder }, "postgres");
  const start = async (): Promise<ChildProcess> => {
    const child = spawn("pgbouncer", [file], {
      env: { PATH: "/usr/sbin:/usr/bin:/bin" } as NodeJS.ProcessEnv & { PATH: string },
      uid: account?.uid,
      gid: account?.gid,
      stdio: ["ignore", "ignore", "ignore"],
    });
    await once(child, "spawn");
    for (let tries = 0; tries < 200; tries += 1) {
      const client = new pg.Client({ connectionString: url });
      const answered = await client.connect().then(
        () => true,
        () => false,
      );
      await client.end().catch(() => undefined);
      if (answered) return child;
      await pause(50);
    }
    throw new Error("PgBouncer did not start.");
  };
  const end = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  let running = await start();
  return {
    url,
    restart: async () => {
      await end(running);
      running = await start();
    },
    stop: async () => {
      await end(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const settings = (server: string, folder: string) => `[databases]
* = host=${server} port=5432 user=${roles.superuser}
[pgbouncer]
pool_mode = transaction
listen_port = ${port}
unix_socket_dir = ${folder}
auth_type = any
max_client_conn = 500
default_pool_size = 8
server_idle_timeout = 5
autodb_idle_timeout = 5
server_reset_query_always = 0
server_login_retry = 1
logfile = ${join(folder, "pgbouncer.log")}
`;
