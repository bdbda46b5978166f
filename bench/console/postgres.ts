import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../../server/postgres/supervisor.ts";
import { projectFolder } from "../../server/project-folder.ts";

export interface MeasuredPostgres {
  /** Of a database that nothing is measured in. */
  url: string;
  /** What there is to say about it beside the figures. */
  words: string;
  stop(): Promise<void>;
}

/** As an operator would set it for so many people, and with what counts statements. */
const wanted = {
  shared_preload_libraries: "pg_stat_statements",
  shared_buffers: "512MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "30min",
};

/**
 * The server that everything is measured on: that of BENCH_DATABASE_URL, whose user has to be a superuser, or the
 * embedded one in .cache/bench, durable as the console runs it, which keeps what was filled. For one run at a time.
 */
export async function measuredPostgres(): Promise<MeasuredPostgres> {
  const { url, words, stop } = await (process.env.BENCH_DATABASE_URL
    ? given(process.env.BENCH_DATABASE_URL)
    : embedded());
  const turn = await connected(url);
  const { rows } = await turn.query<{ taken: boolean }>("SELECT pg_try_advisory_lock(7318003) AS taken");
  if (!rows[0]?.taken) {
    await turn.end();
    throw new Error("Another run is measuring on this PostgreSQL.");
  }
  const version = await turn.query<{ server_version: string }>("SHOW server_version");
  return {
    url,
    words: `PostgreSQL ${version.rows[0]?.server_version}, ${words}`,
    async stop() {
      await turn.end();
      await stop();
    },
  };
}

const given = async (url: string) => ({ url, words: "of BENCH_DATABASE_URL", stop: async () => {} });

async function embedded() {
  const options = { folder: join(projectFolder, ".cache", "bench", "postgres"), connections: 300 };
  let server = await startPostgres(options);
  if (await setUp(server.urls.superuser)) {
    await server.stop();
    server = await startPostgres(options);
  }
  const words = `embedded, durable, shared_buffers ${wanted.shared_buffers}`;
  return { url: server.urls.superuser, words, stop: () => server.stop() };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** True when it has to be started again for what was set. */
async function setUp(url: string): Promise<boolean> {
  const client = await connected(url);
  try {
    const { rows } = await client.query(
      "SELECT FROM pg_settings WHERE name = 'shared_preload_libraries' AND setting = $1",
      [wanted.shared_preload_libraries],
    );
    if (rows.length > 0) return false;
    for (const [name, value] of Object.entries(wanted))
      await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
    return true;
  } finally {
    await client.end();
  }
}
