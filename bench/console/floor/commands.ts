import { randomBytes, randomUUID } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type pg from "pg";

type Command = (pool: pg.Pool, actor: string, input: Record<string, string>) => Promise<unknown>;

/** A change and its audit row in one statement: both are there or neither. */
const change =
  (action: string, statement: string, valuesOf: (input: Record<string, string>) => unknown[]): Command =>
  async (pool, actor, input) => {
    const values = valuesOf(input);
    const audit = `INSERT INTO audit (actor, action, target) SELECT $${values.length + 1}, '${action}', id::text FROM changed RETURNING target AS id`;
    const text = `WITH changed AS (${statement}) ${audit}`;
    const { rows } = await pool.query({ name: action, text, values: [...values, actor] });
    return rows[0];
  };

/** The password hash is the console's own (argon2id, 19 MiB, two passes): what is left is what a server adds to it. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const insert = change(
  "create",
  `INSERT INTO users VALUES ($1, $2, $3, $4, $5, true, lower($2 || ' ' || $3 || ' ' || $4), $6, now(), 'epoch') RETURNING id`,
  ({ id, username, email, name, role, hash }) => [id, username, email, name, role, hash],
);

export const commands = {
  setRole: change(
    "role",
    "UPDATE users SET role = $2, version = version + 1 WHERE id = $1 RETURNING id",
    ({ id, role }) => [id, role],
  ),
  deactivate: change(
    "deactivate",
    "UPDATE users SET active = false, version = version + 1 WHERE id = $1 RETURNING id",
    ({ id }) => [id],
  ),
  delete: change("delete", "DELETE FROM users WHERE id = $1 RETURNING id", ({ id }) => [id]),
  create: async (pool, actor, { password = "", ...input }) =>
    insert(pool, actor, { ...input, id: randomUUID(), hash: await hash(password, cost) }),
  signIn: async (pool, _actor, { email, password = "" }) => {
    const text = "SELECT id, password FROM users WHERE email = $1 AND active";
    const { rows } = await pool.query({ name: "account", text, values: [email] });
    if (!rows[0] || !(await verify(rows[0].password, password))) return undefined;
    const token = randomBytes(32).toString("base64url");
    const session =
      "WITH seen AS (UPDATE users SET seen = now() WHERE id = $2) INSERT INTO sessions VALUES ($1, $2, now() + interval '7 days')";
    await pool.query({ name: "sign in", text: session, values: [token, rows[0].id] });
    return { token };
  },
} satisfies Record<string, Command>;
