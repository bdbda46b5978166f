import type pg from "pg";

const columns = "id, username, email, name, role, active, seen";

/**
 * A page of users after a key, by username or by last sign-in, newest first: all of them, those who hold a role, or those
 * whose names contain a word. One named statement per kind of list; it counts nothing.
 */
export async function listUsers(pool: pg.Pool, asked: URLSearchParams): Promise<unknown> {
  const size = Number(asked.get("size") ?? 50);
  const after = asked.get("after") ?? "";
  const { name, text, values } = statementOf(asked, after, size);
  const { rows } = await pool.query({ name, text, values });
  return { users: rows.slice(0, size), more: rows.length > size };
}

function statementOf(asked: URLSearchParams, after: string, size: number) {
  const word = asked.get("q");
  if (word)
    return {
      name: "list search",
      text: `SELECT ${columns} FROM users WHERE search LIKE $1 AND username > $2 ORDER BY username LIMIT $3`,
      values: [`%${word}%`, after, size + 1],
    };
  const role = asked.get("role");
  if (role)
    return {
      name: "list role",
      text: `SELECT ${columns} FROM users WHERE role = $1 AND username > $2 ORDER BY username LIMIT $3`,
      values: [role, after, size + 1],
    };
  if (asked.get("sort") === "seen")
    return {
      name: "list seen",
      text: `SELECT ${columns} FROM users ORDER BY seen DESC, id DESC LIMIT $1`,
      values: [size + 1],
    };
  return {
    name: "list all",
    text: `SELECT ${columns} FROM users WHERE username > $1 ORDER BY username LIMIT $2`,
    values: [after, size + 1],
  };
}
