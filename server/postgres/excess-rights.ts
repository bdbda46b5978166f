import type pg from "pg";

/** What the application's role may do beyond what the console uses, and how a superuser takes it. */
export interface ExcessRight {
  /** In words that follow "may". */
  what: string;
  /** To be run in the console's database. */
  statement: string;
}

/** Functions that PUBLIC has and the console never calls: they write outside of tables, outlive a transaction or end others' work. */
const unused =
  "^(lo_.*|loread|lowrite|pg_(try_)?advisory_(un)?lock(_shared|_all)?|pg_logical_emit_message|pg_export_snapshot|pg_(cancel|terminate)_backend)$";

/**
 * What a role that only serves requests should not have: most of it comes from PostgreSQL's defaults for PUBLIC. Nothing once
 * the statements were run. A superuser has every right, so of one nothing but that is told.
 * @param client may be anybody; PostgreSQL's catalogue tells
 * @param role the application's
 * @param owner of the console's tables, which keeps the languages that migrations write functions in
 */
export async function excessRights(
  client: pg.ClientBase,
  role: string,
  owner: string,
): Promise<ExcessRight[]> {
  const { rows } = await client.query<ExcessRight>(query, [role, owner, unused]);
  const superuser = rows.find(({ what }) => what === beSuperuser);
  return superuser ? [superuser] : rows;
}

const beSuperuser = "do everything, as a superuser";

/** In this order: a role loses what it is before what it has. */
const query = `
  WITH app AS (SELECT * FROM pg_roles WHERE rolname = $1),
  found (part, what, statement) AS (
    SELECT 0, '${beSuperuser}', format('ALTER ROLE %I NOSUPERUSER', rolname) FROM app WHERE rolsuper
    UNION ALL
    SELECT 1, 'create roles or databases, replicate, or pass row security',
      format('ALTER ROLE %I NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', rolname)
      FROM app WHERE rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
    UNION ALL
    SELECT 2, 'act as ' || g.rolname, format('REVOKE %I FROM %I', g.rolname, $1::text)
      FROM pg_auth_members m JOIN app ON app.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
    UNION ALL
    SELECT 3, 'alter what it owns', format('REASSIGN OWNED BY %I TO %I', $1::text, $2::text)
      WHERE EXISTS (SELECT FROM pg_shdepend JOIN app ON refclassid = 'pg_authid'::regclass AND refobjid = app.oid
        WHERE deptype = 'o' AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())))
    UNION ALL
    SELECT 4, 'connect to the database ' || datname, format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', datname, $1::text)
      FROM pg_database WHERE datname <> current_database() AND has_database_privilege($1, oid, 'CONNECT')
    UNION ALL
    SELECT 5, 'make schemas or temporary tables',
      format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', datname, $1::text)
      FROM pg_database WHERE datname = current_database() AND has_database_privilege($1, oid, 'CREATE, TEMPORARY')
    UNION ALL
    SELECT 6, 'make things in the schema ' || nspname, format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %I', nspname, $1::text)
      FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_' AND has_schema_privilege($1, oid, 'CREATE')
    UNION ALL
    SELECT 7, 'use the tablespace ' || spcname, format('REVOKE ALL ON TABLESPACE %I FROM PUBLIC, %I', spcname, $1::text)
      FROM pg_tablespace WHERE has_tablespace_privilege($1, oid, 'CREATE')
    UNION ALL
    SELECT 8, 'run code in the language ' || lanname,
      format('GRANT USAGE ON LANGUAGE %1$I TO %2$I; REVOKE USAGE ON LANGUAGE %1$I FROM PUBLIC, %3$I', lanname, $2::text, $1::text)
      FROM pg_language WHERE lanpltrusted AND has_language_privilege($1, oid, 'USAGE')
    UNION ALL
    SELECT 9, 'run functions that the console does not use, such as those of large objects',
      format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, %I', string_agg(oid::regprocedure::text, ', ' ORDER BY oid), $1::text)
      FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ $3 AND has_function_privilege($1, oid, 'EXECUTE')
      HAVING count(*) > 0
  )
  SELECT what, statement FROM found ORDER BY part, what`;
