import { connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openInstallation, pointAt } from "#test/installation.ts";
import { database, transaction } from "./database.ts";
import { env } from "./env.ts";
import { patient, usual, withLimits } from "./limited-client.ts";
import { serverAnswers } from "./server-answers.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openInstallation();
});
afterAll(() => close());

const limitsNow = () =>
  transaction(
    (tx) => tx.$queryRaw<unknown[]>`
      SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement,
        current_setting('idle_in_transaction_session_timeout') AS idle`,
  );

test("a transaction brings its limits along, and leaves none behind", async () => {
  expect(await limitsNow()).toEqual([{ lock: "5s", statement: "10s", idle: "20s" }]);
  expect(await withLimits(patient, limitsNow)).toEqual([{ lock: "1min", statement: "10min", idle: "1min" }]);
  expect(await limitsNow()).toEqual([{ lock: "5s", statement: "10s", idle: "20s" }]);
  expect(await database().$queryRaw`SELECT current_setting('statement_timeout') AS statement`).toEqual([
    { statement: "0" },
  ]);
});

test("a read without a transaction ends too, and PostgreSQL stops working on it", async () => {
  const read = withLimits(
    { ...usual, statement: 50 },
    async () => database().$queryRaw`SELECT pg_sleep(60)::text`,
  );
  await expect(read).rejects.toMatchObject({ code: "unavailable", reason: "database_slow" });
  const left = await database().$queryRaw`
    SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()`;
  expect(left).toEqual([]);
});

/** Between the console and its database: a server that stops answering, and goes on one day. */
async function stallingServer(databaseUrl: string) {
  const { host, port } = new pg.Client({ connectionString: databaseUrl });
  const open = new Set<Socket>();
  let stalled = false;
  const server = createServer((client) => {
    const upstream = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
      open.add(from);
      if (!stalled) from.pipe(to);
      from.on("error", () => undefined);
    }
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  url.searchParams.delete("host");
  return {
    url: url.href,
    stall: () => {
      stalled = true;
      for (const socket of open) socket.unpipe();
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

test("a server that works on a statement keeps its connection, however often it is asked whether it is there", async () => {
  const backend = () => database().$queryRaw`SELECT pg_backend_pid() AS pid FROM pg_sleep(0.2)`;
  const before = await backend();
  expect(await withLimits({ ...usual, silence: 10 }, backend)).toEqual(before);
  expect(await serverAnswers(new pg.Client({ connectionString: env().databaseUrl }), 2_000)).toBe(true);
});

const holdUp = (milliseconds: number) => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

test("a server that answers while this process is held up is not called silent; one that does not is", async () => {
  const { host, port } = new pg.Client({ connectionString: env().databaseUrl });
  const answers = serverAnswers({ host, port }, 100);
  holdUp(300);
  expect(await answers).toBe(true);
  const silent = createServer(() => undefined);
  await new Promise<void>((done) => void silent.listen(0, "127.0.0.1", done));
  const { port: quiet } = silent.address() as { port: number };
  expect(await serverAnswers({ host: "127.0.0.1", port: quiet }, 100)).toBe(false);
  silent.close();
});

test.each([
  ["once its time is over", { ...usual, statement: 100 }],
  ["as soon as it does not say that it is there", { ...patient, silence: 50 }],
])(
  "a server that hangs costs the connection, and keeps nothing of what was begun on it: %s",
  async (_, limits) => {
    const url = env().databaseUrl ?? "";
    await database().rateLimit.deleteMany();
    const server = await stallingServer(url);
    pointAt(server.url);
    const hanging = withLimits(limits, () =>
      transaction(async (tx) => {
        await tx.rateLimit.create({ data: { key: "of the hanging one", points: 1 } });
        server.stall();
        await tx.$queryRaw`SELECT 1`;
      }),
    );
    await expect(hanging).rejects.toMatchObject({ code: "unavailable" });
    await database().$disconnect();
    server.close();
    pointAt(url);
    await transaction((tx) => tx.rateLimit.create({ data: { key: "of the next one", points: 1 } }));
    const kept = await database().rateLimit.findMany({ where: { key: { endsWith: " one" } } });
    expect(kept.map(({ key }) => key)).toEqual(["of the next one"]);
  },
);
