import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { checkApplicationRole } from "#server/check-application-role.ts";
import { grantToApplication } from "#server/grants.ts";
import { migrate } from "#server/migrate.ts";
import { projectFolder } from "#server/project-folder.ts";
import { rightsOf } from "#test/application-rights.ts";
import { withDatabase } from "#test/database-url.ts";
import { stops } from "#test/stops.ts";
import { type EmbeddedPostgres, startPostgres } from "./supervisor.ts";

let home: string;
let server: EmbeddedPostgres;
const start = async () => startPostgres({ folder: join(home, "postgres"), durable: false });
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "bailiwick-one-"));
  server = await start();
  await migrate(server.urls.owner);
  await grantToApplication(server.urls.owner, server.urls.application);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
});

async function ask(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client.query(sql, values).then(
    async ({ rows }) => {
      await client.end();
      return rows;
    },
    async (error) => {
      await client.end();
      throw error;
    },
  );
}

const words = (text: string) => text.trim().split(/\s+/);

/** All of it. Whatever PostgreSQL, an extension or a migration gives beyond this has to be revoked, or declared here. */
const declared = {
  attributes: ["rolcanlogin", "rolinherit"],
  settings: [],
  memberships: [],
  owns: [],
  databases: ["its own: CONNECT"],
  schemas: ["information_schema: USAGE", "pg_catalog: USAGE", "public: USAGE"],
  columns: expect.toSatisfy((columns: string[]) =>
    columns.every((one) => one.startsWith("pg_subscription.")),
  ),
  sequences: [],
  functionsOfOthers: [
    "audit_events_append_only()",
    "audit_events_stamp()",
    "audit_make_months()",
    "audit_months()",
    "policy_moves_on()",
    "set_limit(real)",
  ],
  // Volatile ones. Those of replication slots, WAL and statistics ask for more than the right to run them.
  functionsThatAct: words(`
    amvalidate array_sample array_shuffle brin_desummarize_range brin_summarize_new_values brin_summarize_range
    clock_timestamp current_query currtid2 currval cursor_to_xml cursor_to_xmlschema gen_random_uuid gin_clean_pending_list
    lastval nextval pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_available_wal_summaries pg_blocking_pids
    pg_clear_attribute_stats pg_clear_relation_stats pg_collation_actual_version pg_control_checkpoint pg_control_init
    pg_control_recovery pg_control_system pg_copy_logical_replication_slot pg_copy_physical_replication_slot
    pg_create_logical_replication_slot pg_create_physical_replication_slot pg_current_wal_flush_lsn
    pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_collation_actual_version pg_database_size
    pg_drop_replication_slot pg_extension_config_dump pg_get_loaded_modules pg_get_multixact_members pg_get_sequence_data
    pg_get_wait_events pg_get_wal_replay_pause_state pg_get_wal_resource_managers pg_get_wal_summarizer_state
    pg_import_system_collations pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused
    pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact pg_last_wal_receive_lsn
    pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status pg_logical_slot_get_binary_changes
    pg_logical_slot_get_changes pg_logical_slot_peek_binary_changes pg_logical_slot_peek_changes pg_nextoid
    pg_notification_queue_usage pg_notify pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_relation_size
    pg_replication_slot_advance pg_restore_attribute_stats pg_restore_relation_stats pg_safe_snapshot_blocking_pids
    pg_sequence_last_value pg_sleep pg_sleep_for pg_sleep_until pg_stat_clear_snapshot pg_stat_force_next_flush
    pg_stop_making_pinned_objects pg_sync_replication_slots pg_table_size pg_tablespace_size pg_total_relation_size
    pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_wal_summary_contents pg_xact_commit_timestamp
    pg_xact_commit_timestamp_origin pg_xact_status plpgsql_validator query_to_xml query_to_xml_and_xmlschema
    query_to_xmlschema random random_normal set_config setseed setval timeofday ts_rewrite ts_stat txid_status uuidv4
    uuidv7`),
  // Not trusted: only a superuser writes functions in these.
  languages: ["c", "internal"],
  tablespaces: [],
  foreign: [],
  parameters: [],
  defaults: [],
  largeObjects: [],
  extensions: ["pg_trgm", "plpgsql"],
};

async function expectDeclared(url: string, role: string): Promise<void> {
  const { tables, ...found } = await rightsOf(url, role);
  expect(found).toEqual(declared);
  const ours = (tables ?? []).map((line) => line.split(": "));
  expect(ours).toEqual([
    ["DELETE INSERT SELECT UPDATE", expect.stringContaining("users")],
    ["INSERT SELECT", "audit_events"],
    // What everybody's SET is.
    ["SELECT UPDATE", "pg_settings"],
    ["SELECT", "_prisma_migrations"],
  ]);
  expect(ours[0]?.[1]).not.toMatch(/audit|pg_/);
}

describe("what PostgreSQL lets the application do", () => {
  test("is what is declared here, in every database, schema, table and column, and of every function", async () => {
    await expectDeclared(server.urls.superuser, "bailiwick_app");
  });

  test("is that again after a start, whatever it was given meanwhile and however it set itself up", async () => {
    await ask(server.urls.superuser, "CREATE DATABASE other");
    await ask(
      server.urls.superuser,
      `CREATE SCHEMA other; GRANT CREATE ON SCHEMA other TO PUBLIC; GRANT TEMPORARY ON DATABASE bailiwick TO PUBLIC;
       GRANT pg_read_server_files, bailiwick_owner TO bailiwick_app; ALTER ROLE bailiwick_app CREATEDB;
       GRANT EXECUTE ON FUNCTION lo_create(oid) TO bailiwick_app; GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC;
       GRANT CREATE ON TABLESPACE pg_default TO PUBLIC; CREATE TABLE other.its (); ALTER TABLE other.its OWNER TO bailiwick_app`,
    );
    await ask(server.urls.application, "ALTER ROLE CURRENT_USER SET statement_timeout = 1");
    await server.stop();
    server = await start();
    await ask(server.urls.superuser, "DROP SCHEMA other CASCADE");
    await expectDeclared(server.urls.superuser, "bailiwick_app");
    await expect(ask(withDatabase(server.urls.application, "other"), "SELECT")).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("in a database of the operator's, a start says what is too much, and its SQL takes that", async () => {
    const text = await readFile(join(projectFolder, "docs", "two-database-roles.md"), "utf8");
    const sql = (/```sql\n([^`]+)```/.exec(text)?.[1] ?? "")
      .replace(/--.*/g, "")
      .replace(/bailiwick(?=[ ;\n])/g, "own")
      .replace(/bailiwick_(owner|app)/g, "own_$1");
    const [before = "", after = ""] = sql.split("\\connect own\n");
    for (const statement of before.split(";").filter((one) => one.trim() !== ""))
      await ask(server.urls.superuser, statement);
    const own = withDatabase(server.urls.superuser, "own");
    await ask(own, after);
    const as = (role: string, password: string) => {
      const url = new URL(own);
      return Object.assign(url, { username: role, password }).href;
    };
    const [owner, application] = [as("own_owner", "choose one"), as("own_app", "choose another")] as const;
    await migrate(owner);
    await grantToApplication(owner, application);
    const said = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    try {
      await checkApplicationRole(owner, application);
      const [warning = ""] = said.mock.calls.map(([line]) => String(line));
      expect(warning).toContain("large objects");
      for (const line of warning.split("\n").filter((one) => one.endsWith(";"))) await ask(own, line);
      said.mockClear();
      await checkApplicationRole(owner, application);
      expect(said).not.toHaveBeenCalled();
    } finally {
      said.mockRestore();
    }
    await expectDeclared(own, "own_app");
    await migrate(owner);
    expect(await ask(application, "SELECT count(*)::int AS made FROM audit_make_months()")).toEqual([
      { made: 0 },
    ]);
  });
});

describe("an event that is written as the application", () => {
  const add = (url: string, { at = "now()", table = "audit_events" } = {}) =>
    ask(
      url,
      `INSERT INTO ${table} (id, at, action, outcome, actor_kind, actor_name, door, xid, content, hash)
       VALUES (gen_random_uuid(), ${at}, 'try', 'done', 'system', 'test', 'system', '1', 'the text', 'forged')
       RETURNING xid = pg_current_xact_id() AS xid, hash = sha256(content::bytea) AS hash`,
    );
  const stamped = [{ xid: true, hash: true }];
  const parts = async () =>
    (await ask(server.urls.owner, "SELECT part FROM audit_months()")).map(({ part }) => String(part));

  test("has the transaction and the hash that are true, whatever was sent, and so in every part by itself", async () => {
    expect(await add(server.urls.application)).toEqual(stamped);
    const [present, ...others] = await parts();
    expect(others.length).toBeGreaterThan(2);
    expect(await add(server.urls.superuser, { table: present as string })).toEqual(stamped);
    const next = "date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month 3 days'";
    expect(await add(server.urls.superuser, { table: others[0] as string, at: next })).toEqual(stamped);
    const far = { table: "audit_events_default", at: "now() + interval '9 years'" };
    expect(await add(server.urls.superuser, far)).toEqual(stamped);
  });

  test.each(["6 minutes", "40 days", "9 years", "-61 minutes", "-40 days", "-9 years"])(
    "is refused with a time that is %s from now, also where it may write into the part",
    async (distance) => {
      const at = `now() + interval '${distance}'`;
      await expect(add(server.urls.application, { at })).rejects.toMatchObject({ code: "22008" });
      const [there] = await ask(
        server.urls.owner,
        `SELECT part FROM audit_months() WHERE ${at} >= since AND ${at} < until OR until IS NULL ORDER BY until LIMIT 1`,
      );
      const table = String(there?.part);
      await ask(server.urls.owner, `GRANT SELECT, INSERT ON ${table} TO bailiwick_app`);
      await expect(add(server.urls.application, { at, table })).rejects.toMatchObject({ code: "22008" });
      await grantToApplication(server.urls.owner, server.urls.application);
      await expect(add(server.urls.application, { at, table })).rejects.toMatchObject({ code: "42501" });
      expect(await add(server.urls.owner, { at })).toEqual(stamped);
    },
  );

  test("may be as old as a request that took long", async () => {
    for (const distance of ["4 minutes", "-59 minutes"])
      expect(await add(server.urls.application, { at: `now() + interval '${distance}'` })).toEqual(stamped);
  });
});

test("a database whose clock is minutes off is no place for two roles", async () => {
  const { owner, application } = server.urls;
  vi.setSystemTime(Date.now() + 5 * 60_000);
  try {
    await expect(checkApplicationRole(owner, application)).rejects.toEqual(stops("clocks_differ"));
    await expect(checkApplicationRole(owner, owner)).resolves.toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});
