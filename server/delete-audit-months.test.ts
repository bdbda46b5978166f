import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { listMonths } from "#lib/audit-log/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { pointAt } from "#test/installation.ts";
import { deleteAuditMonths } from "./delete-audit-months.ts";
import { grantToApplication } from "./grants.ts";
import { pause } from "./pause.ts";
import { projectFolder } from "./project-folder.ts";

const insert = `INSERT INTO audit_events (id, at, action, outcome, actor_kind, actor_name, door)
  SELECT gen_random_uuid(), $1::timestamptz, 'try', 'done', 'system', 'test', 'system'`;

let installation: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  installation = await createTestDatabase();
  client = new pg.Client({ connectionString: installation.url, application_name: "a backup" });
  await client.connect();
  for (const [month, next, events] of [
    ["2026-01", "2026-02", 3],
    ["2026-02", "2026-03", 1],
    ["2026-03", "2026-04", 0],
  ] as const) {
    const part = `audit_events_${month.replace("-", "_")}`;
    await client.query(
      `CREATE TABLE ${part} PARTITION OF audit_events FOR VALUES FROM ('${month}-01 00:00+00') TO ('${next}-01 00:00+00')`,
    );
    for (let number = 0; number < events; number += 1) await client.query(insert, [`${month}-05`]);
  }
  await client.query(insert, ["2020-02-02"]);
  return async () => {
    await client.end();
    await installation.drop();
  };
});

/** The command in a process of its own. */
const run = (...args: string[]) => runAs({ DATABASE_URL: installation.url }, ...args);

async function runAs(
  urls: Record<string, string>,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(projectFolder, "server", "audit.ts"), ...args], {
    env: {
      ...process.env,
      ...urls,
      NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  const [code] = await once(child, "exit");
  return { code, output };
}

const parts = async () => {
  const { rows } = await client.query("SELECT part FROM audit_months()");
  return rows.map(({ part }) => part as string);
};

test("a backup that reads the log is named and waited for, and the console writes meanwhile", async () => {
  pointAt(installation.url);
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const words = () => said.mock.calls.map(([line]) => String(line)).join("");
  await client.query("BEGIN");
  const [row] = (await client.query("SELECT pg_backend_pid() AS pid, now() AS since FROM audit_events")).rows;
  const deleting = deleteAuditMonths(installation.url, "2026-03");
  await expect
    .poll(words, { timeout: 20_000 })
    .toMatch(new RegExp(`${row.pid} .a backup; .*${row.since.toISOString()}`));
  const console = new pg.Client({ connectionString: installation.url });
  await console.connect();
  await console.query(insert, [new Date()]);
  // A second try, and not an end after the first.
  await pause(7_500);
  await console.query(insert, [new Date()]);
  await console.end();
  expect(await parts()).toContain("audit_events_2026_01");
  expect(words().split("\n")).toHaveLength(2);
  await client.query("COMMIT");
  expect(await deleting).toMatchObject({ events: 5 });
  const left = await runQuery(listMonths, systemCall("audit"), {});
  expect(left[0]).toMatchObject({ part: "audit_events_2026_03", events: 0 });
});

test("without --yes it lists what would go and deletes nothing; with it that goes; then there is nothing left to do", async () => {
  const before = await parts();
  const planned = await run("delete-before", "2026-03");
  expect(planned.code).toBe(0);
  for (const line of [
    /audit_events_2026_01 +3 events\n/,
    /audit_events_2026_02 +1 event\n/,
    /audit_events_default +1 event\n/,
  ])
    expect(planned.output).toMatch(line);
  expect(planned.output).not.toContain("2026_03");
  expect(await parts()).toEqual(before);

  const done = await run("delete-before", "2026-03", "--yes");
  expect(done).toMatchObject({
    code: 0,
    output: expect.stringMatching(/5 events.*2026_01, .*2026_02, .*default/),
  });
  expect(await parts()).toEqual(before.slice(2));

  const events = "SELECT count(*)::int AS count FROM audit_events";
  const [{ count }] = (await client.query(events)).rows;
  for (const args of [["2026-03"], ["2026-03", "--yes"]])
    expect(await run("delete-before", ...args)).toMatchObject({ code: 0 });
  expect((await client.query(events)).rows).toEqual([{ count }]);

  expect(await run("delete-before", "2999-01")).toMatchObject({ code: 1 });
  expect(await run("delete-before", "yesterday")).toMatchObject({ code: 1 });
});

test("a role that does not own the log lists what would go, and is told in both runs which role deletes it", async () => {
  const role = `serves_${randomBytes(6).toString("hex")}`;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  const application = new URL(installation.url);
  Object.assign(application, { username: role, password: "x" });
  await grantToApplication(installation.url, application.href);
  const before = await parts();
  const urls = { DATABASE_URL: application.href };
  const planned = await runAs(urls, "delete-before", "2026-03");
  expect(planned).toMatchObject({
    code: 0,
    output: expect.stringMatching(/2026_01[\s\S]*DATABASE_DIRECT_URL/),
  });
  const refused = await runAs(urls, "delete-before", "2026-03", "--yes");
  expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/^.*DATABASE_DIRECT_URL.*\n$/) });
  expect(await parts()).toEqual(before);
  const both = { ...urls, DATABASE_DIRECT_URL: installation.url };
  expect((await runAs(both, "delete-before", "2026-03")).output).not.toContain("DATABASE_DIRECT_URL");
  expect(await runAs(both, "delete-before", "2026-03", "--yes")).toMatchObject({ code: 0 });
  await client.query(`DROP OWNED BY ${role}`);
  await client.query(`DROP ROLE ${role}`);
});
