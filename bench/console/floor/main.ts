// The floor: the least that a server of these lists and commands could do, with node:http and pg alone. It looks the
// session up, reads or writes, and answers JSON. DATABASE_URL and PORT come from the environment.
import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";
import { commands } from "./commands.ts";
import { listUsers } from "./list-users.ts";

const { DATABASE_URL: connectionString, PORT } = process.env;
const pool = new pg.Pool({ connectionString, max: 10 });

async function answer(request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://floor");
  const input = request.method === "POST" ? await bodyOf(request) : {};
  if (pathname === "/sign-in") return commands.signIn(pool, "", input);
  const actor = await actorOf(request);
  if (actor === undefined) return undefined;
  if (pathname === "/users") return listUsers(pool, searchParams);
  return commands[pathname.slice(1) as keyof typeof commands](pool, actor, input);
}

async function actorOf({ headers }: IncomingMessage): Promise<string | undefined> {
  const { rows } = await pool.query<{ user_id: string }>({
    name: "session",
    text: "SELECT s.user_id FROM sessions s JOIN users u ON u.id = s.user_id WHERE token = $1 AND expires > now() AND u.active",
    values: [headers.cookie?.replace("session=", "") ?? ""],
  });
  return rows[0]?.user_id;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

createServer((request, response) => {
  answer(request).then(
    (body) => {
      const status = body === undefined ? 401 : 200;
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? {}));
    },
    (error) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(PORT), "127.0.0.1", () => {
  console.log("ready");
});
