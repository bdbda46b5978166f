// Better Auth with its admin plugin behind node:http: DATABASE_URL and PORT come from the environment.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import pg from "pg";

const { DATABASE_URL: connectionString, PORT } = process.env;
const options = {
  database: new pg.Pool({ connectionString, max: 10 }),
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: "a secret for a measure, long enough for anyone",
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [admin()],
};
await (await getMigrations(options)).runMigrations();
createServer(toNodeHandler(betterAuth(options))).listen(Number(PORT), "127.0.0.1", () => {
  console.log("ready");
});
