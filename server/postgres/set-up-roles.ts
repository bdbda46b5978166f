import pg from "pg";
import { databaseName, type Endpoint, passwordOf, type Role, roles } from "./endpoint.ts";
import { excessRights } from "./excess-rights.ts";

const name = (role: Role) => pg.escapeIdentifier(roles[role]);

/**
 * Makes the roles what they have to be and everything of ours the owner's, in one transaction that changes nothing when
 * it is so already. `client` is the superuser, connected to our database. Release 0.1 left everything to the superuser.
 */
export async function setUpRoles(client: pg.Client, { secret }: Endpoint): Promise<void> {
  if (secret === undefined) throw new Error("Roles are made where there is a secret for their passwords.");
  await client.query("BEGIN");
  for (const role of ["owner", "application"] as const) {
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [roles[role]]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${name(role)}`);
    // A role can change its own settings for all its later sessions, which may keep it from working at all.
    await client.query(
      `ALTER ROLE ${name(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
       ALTER ROLE ${name(role)} RESET ALL; ALTER ROLE ${name(role)} IN DATABASE ${databaseName} RESET ALL`,
    );
  }
  for (const role of Object.keys(roles) as Role[])
    await client.query(`ALTER ROLE ${name(role)} PASSWORD ${pg.escapeLiteral(passwordOf(secret, role))}`);
  await client.query(`
    ALTER DATABASE ${databaseName} OWNER TO ${name("owner")};
    REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${databaseName} TO ${name("application")};
    ALTER SCHEMA public OWNER TO ${name("owner")};
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  `);
  const { rows } = await client.query<{ statement: string }>(strayObjects, [roles.owner]);
  for (const { statement } of rows) await client.query(statement);
  for (const { statement } of await excessRights(client, roles.application, roles.owner))
    await client.query(statement);
  await client.query("COMMIT");
}

/** What lies in our schema and is not the owner's; what belongs to an extension stays with it. */
const strayObjects = `
  WITH stray AS (
    SELECT 'pg_class'::regclass AS catalog, oid, relowner AS owner, 'TABLE ' || oid::regclass AS object
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, proowner, 'ROUTINE ' || oid::regprocedure
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'pg_type'::regclass, oid, typowner, 'TYPE ' || oid::regtype
      FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
  )
  SELECT format('ALTER %s OWNER TO %I', object, $1::text) AS statement FROM stray
   WHERE owner <> to_regrole($1)
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = stray.catalog AND d.objid = stray.oid
       -- Of an extension, or a sequence that goes with its table.
       AND (d.deptype = 'e' OR stray.catalog = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
         AND d.refclassid = 'pg_class'::regclass))`;
