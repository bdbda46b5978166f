import pg from "pg";

/**
 * Everything that PostgreSQL lets a role do, by the kind of thing, as its own catalogue answers: what the role was given,
 * what PUBLIC has, and what comes with membership. Left out is reading PostgreSQL's own views, and what everybody's
 * functions only compute.
 */
export async function rightsOf(url: string, role: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found: Record<string, string[]> = {};
    for (const [kind, sql] of Object.entries(kinds)) {
      const { rows } = await client.query<{ thing: string }>(sql, [role]);
      found[kind] = rows.map(({ thing }) => thing);
    }
    return found;
  } finally {
    await client.end();
  }
}

const held = (privileges: string, test: string) =>
  `(SELECT string_agg(p, ' ' ORDER BY p) FROM unnest('{${privileges}}'::text[]) p WHERE ${test})`;

const tablePrivileges = "SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER";

const kinds = {
  attributes: `SELECT key AS thing FROM pg_roles, jsonb_each_text(to_jsonb(pg_roles)) WHERE rolname = $1 AND value = 'true'
    AND key LIKE 'rol%' ORDER BY 1`,
  settings: `SELECT unnest(setconfig) AS thing FROM pg_db_role_setting WHERE setrole = $1::regrole ORDER BY 1`,
  memberships: `SELECT rolname AS thing FROM pg_roles WHERE rolname <> $1 AND pg_has_role($1, oid, 'MEMBER') ORDER BY 1`,
  owns: `SELECT pg_describe_object(classid, objid, objsubid) AS thing FROM pg_shdepend
    WHERE refclassid = 'pg_authid'::regclass AND refobjid = $1::regrole AND deptype = 'o' ORDER BY 1`,
  databases: `SELECT concat_ws(' ', CASE datname WHEN current_database() THEN 'its own' ELSE datname END || ':', held) AS thing
    FROM pg_database, LATERAL ${held("CONNECT,CREATE,TEMPORARY", "has_database_privilege($1, pg_database.oid, p)")} h (held)
    WHERE held IS NOT NULL ORDER BY 1`,
  schemas: `SELECT nspname || ': ' || held AS thing FROM pg_namespace,
    LATERAL ${held("USAGE,CREATE", "has_schema_privilege($1, pg_namespace.oid, p)")} h (held)
    WHERE held IS NOT NULL AND nspname !~ '^pg_(toast_)?temp_' ORDER BY 1`,
  tables: `SELECT held || ': ' || string_agg(name, ' ' ORDER BY name) AS thing FROM (
      SELECT oid::regclass::text AS name, ${held(tablePrivileges, "has_table_privilege($1, c.oid, p)")} AS held
      FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace <> 'information_schema'::regnamespace) t
    WHERE held <> 'SELECT' OR held = 'SELECT' AND name !~ '^pg_' GROUP BY held ORDER BY 1`,
  columns: `SELECT concat(attrelid::regclass, '.', attname, ': ', held) AS thing FROM pg_attribute a
    JOIN pg_class c ON c.oid = attrelid AND relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0,
    LATERAL ${held("SELECT,INSERT,UPDATE,REFERENCES", "has_column_privilege($1, a.attrelid, a.attnum, p) AND NOT has_table_privilege($1, a.attrelid, p)")} h (held)
    WHERE held IS NOT NULL AND NOT attisdropped ORDER BY 1`,
  sequences: `SELECT oid::regclass || ': ' || held AS thing FROM pg_class c,
    -- The planner may ask before it filters, and a table is no sequence.
    LATERAL ${held("USAGE,SELECT,UPDATE", "CASE c.relkind WHEN 'S' THEN has_sequence_privilege($1, c.oid, p) END")} h (held)
    WHERE held IS NOT NULL ORDER BY 1`,
  functionsOfOthers: `SELECT p.oid::regprocedure::text AS thing FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
    WHERE has_function_privilege($1, p.oid, 'EXECUTE') AND (prosecdef OR nspname NOT IN ('pg_catalog', 'information_schema'))
    -- What pg_trgm computes.
    AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.objid = p.oid AND d.deptype = 'e'
      AND extname = 'pg_trgm' AND provolatile <> 'v') ORDER BY 1`,
  functionsThatAct: `SELECT DISTINCT proname AS thing FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    AND provolatile = 'v' AND proname !~ '^(binary_upgrade|pg_stat_get)_' AND has_function_privilege($1, oid, 'EXECUTE')
    AND NOT 'internal'::regtype = ANY (ARRAY[prorettype] || proargtypes::oid[])
    AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'index_am_handler'::regtype,
      'table_am_handler'::regtype, 'tsm_handler'::regtype, 'language_handler'::regtype)
    ORDER BY 1`,
  languages: `SELECT lanname AS thing FROM pg_language WHERE has_language_privilege($1, oid, 'USAGE') ORDER BY 1`,
  tablespaces: `SELECT spcname AS thing FROM pg_tablespace WHERE has_tablespace_privilege($1, oid, 'CREATE') ORDER BY 1`,
  foreign: `SELECT fdwname AS thing FROM pg_foreign_data_wrapper WHERE has_foreign_data_wrapper_privilege($1, oid, 'USAGE')
    UNION ALL SELECT srvname FROM pg_foreign_server WHERE has_server_privilege($1, oid, 'USAGE') ORDER BY 1`,
  parameters: `SELECT parname AS thing FROM pg_parameter_acl
    WHERE has_parameter_privilege($1, parname, 'SET, ALTER SYSTEM') ORDER BY 1`,
  defaults: `SELECT pg_describe_object('pg_default_acl'::regclass, d.oid, 0) AS thing FROM pg_default_acl d, aclexplode(defaclacl) e
    WHERE e.grantee IN (0, $1::regrole) ORDER BY 1`,
  largeObjects: "SELECT oid::text AS thing FROM pg_largeobject_metadata WHERE $1::text IS NOT NULL",
  extensions: "SELECT extname AS thing FROM pg_extension WHERE $1::text IS NOT NULL ORDER BY 1",
} satisfies Record<string, string>;
