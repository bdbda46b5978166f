import { pause } from "#server/pause.ts";
import { databaseName, type Role, urlOf } from "./endpoint.ts";
import { prepare } from "./prepare.ts";
import { type Running, run } from "./run.ts";
import { secure } from "./secure.ts";

export interface PostgresOptions {
  /** PostgreSQL's own data folder; its log lies beside it. */
  folder: string;
  connections?: number;
  /** False only for throw-away servers of tests. */
  durable?: boolean;
  /** A loopback port with a password, where there are no Unix sockets. */
  loopback?: boolean;
  onEvent?: (event: PostgresEvent) => void;
  /** Ends a start that is under way: what it began is stopped, and it throws. */
  signal?: AbortSignal;
}

export type PostgresEvent =
  | { kind: "initialising" | "recovering" | "joined" | "died" | "restarted" }
  | { kind: "restart_failed"; error: unknown };

export interface EmbeddedPostgres {
  /** Of the database `bailiwick`, by who connects; they stay the same when the server is restarted. */
  urls: Readonly<Record<Role, string>>;
  pid(): number;
  stop(): Promise<void>;
}

/** Brings a server up on the folder, or joins the one that still runs there, and keeps it up until `stop`. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const place = await prepare(options);
  let server: Running = await run(place, options);
  try {
    await secure(place, server.endpoint, server.pid);
    options.signal?.throwIfAborted();
  } catch (error) {
    await server.stop();
    throw error;
  }

  let stopping = false;
  let giveUp = () => {};
  const stopped = new Promise<void>((done) => {
    giveUp = done;
  });
  const restart = async () => {
    for (let wait = 100; ; wait = Math.min(wait * 2, 15_000)) {
      await Promise.race([pause(wait), stopped]);
      if (stopping) return;
      try {
        server = await run({ ...place, endpoint: server.endpoint }, options);
        return options.onEvent?.({ kind: "restarted" });
      } catch (error) {
        options.onEvent?.({ kind: "restart_failed", error });
      }
    }
  };
  const watch = async () => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      options.onEvent?.({ kind: "died" });
      restarting = restart();
      await restarting;
      if (stopping) return;
    }
  };
  let restarting: Promise<void> | undefined;
  void watch();

  const urlAs = (role: Role) => urlOf(server.endpoint, databaseName, role);
  return {
    urls: { superuser: urlAs("superuser"), owner: urlAs("owner"), application: urlAs("application") },
    pid: () => server.pid,
    stop: async () => {
      stopping = true;
      giveUp();
      // A restart that is under way is let finish: a half-started server would be left behind.
      await restarting;
      await server.stop();
    },
  };
}
