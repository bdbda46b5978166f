import { database } from "#lib/kernel/database.ts";

/** So many people with a role, as the provider `company` would have brought them; answers their ids. */
export async function crowd(size: number, role: string, name = "many"): Promise<string[]> {
  const at = new Date();
  await database().$executeRaw`
    WITH made AS (
      INSERT INTO users (id, username, username_key, email, email_key, search_text, created_at, updated_at)
      SELECT gen_random_uuid(), ${name} || n, ${name} || n, ${name} || n || '@e.com', ${name} || n || '@e.com', '', ${at}, ${at}
      FROM generate_series(1, ${size}::int) n RETURNING id, username_key),
    given AS (
      INSERT INTO assignments (id, user_id, role_id, source, created_at)
      SELECT gen_random_uuid(), made.id, roles.id, 'scim', ${at} FROM made, roles WHERE roles.key = ${role})
    INSERT INTO scim_users (user_id, provider, user_name_key, email_keys, resource, created_at, updated_at)
    SELECT id, 'company', username_key, '{}', '{}', ${at}, ${at} FROM made`;
  const rows = await database().scimUser.findMany({ where: { userNameKey: { startsWith: name } } });
  return rows.map(({ userId }) => userId);
}
