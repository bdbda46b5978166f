import { connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { statementReader } from "./read-statements.ts";

/** One statement as it crossed the wire; `connection` is a number that no other connection has. */
export interface Sent {
  connection: number;
  sql: string;
}

export interface Wire {
  /** The same database, reached through here. */
  url: string;
  /** Does something and answers with the statements that were sent meanwhile, over all connections, in order. */
  during<T>(work: () => Promise<T>): Promise<{ result: T; sent: readonly Sent[] }>;
  close(): Promise<void>;
}

/**
 * A relay in front of a PostgreSQL, which sees every statement that is really sent. The client needs no hook for it,
 * so what is measured may as well be the built console, or a peer.
 * @param databaseUrl without TLS, by TCP or by Unix socket
 */
export async function watchStatements(databaseUrl: string): Promise<Wire> {
  const { host, port } = new pg.Client({ connectionString: databaseUrl });
  const watching = new Set<Sent[]>();
  const open = new Set<Socket>();
  let connections = 0;

  const server = createServer((client) => {
    connections += 1;
    const connection = connections;
    const read = statementReader();
    client.on("data", (chunk: Buffer) => {
      for (const sql of read(chunk)) for (const sent of watching) sent.push({ connection, sql });
    });
    const upstream = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [[client, upstream] as const, [upstream, client] as const]) {
      one.setNoDelay(true);
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.end();
      });
    }
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));

  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  url.searchParams.delete("host");
  return {
    url: url.href,
    async during(work) {
      const sent: Sent[] = [];
      watching.add(sent);
      try {
        return { result: await work(), sent };
      } finally {
        watching.delete(sent);
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** How many of them were sent while the lock of access changes was held: after the lock, before the end. */
export const underLock = (sent: readonly Sent[]): number => byLock(sent).held.length;

/** Who may do what: nothing of it is written but under that lock. */
const access =
  /^(INSERT INTO|UPDATE|DELETE FROM) "public"\."(assignments|roles|role_bases|grants|policy|organization_members|team_members|value_group_members|scim_groups|scim_group_members)"|^UPDATE "public"\."users" SET ((?! WHERE ).)*"active" = /;

/** Those that write access without the lock. */
export const accessWithoutLock = (sent: readonly Sent[]): string[] =>
  byLock(sent).free.filter((sql) => access.test(sql));

function byLock(sent: readonly Sent[]): { held: string[]; free: string[] } {
  const holding = new Set<number>();
  const found: { held: string[]; free: string[] } = { held: [], free: [] };
  for (const { connection, sql } of sent) {
    if (/^(COMMIT|ROLLBACK)\b/i.test(sql)) holding.delete(connection);
    found[holding.has(connection) ? "held" : "free"].push(sql);
    if (sql.includes("pg_advisory_xact_lock(7318001)")) holding.add(connection);
  }
  return found;
}
