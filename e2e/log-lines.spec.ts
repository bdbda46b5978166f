import { expect, test } from "@playwright/test";
import pg from "pg";
import { pause } from "#server/pause.ts";
import { createTestDatabase } from "#test/database.ts";
import { type RunningConsole, startConsole } from "#test/running-console.ts";

// Whatever fails, however many layers notice it, is one line of the log.

/** What goes wrong inside of the process that no request could bring about, each at a signal. */
const faults = `
  process.on("SIGUSR2", () => void Promise.reject(new Error("nobody waited for this")));
  process.on("SIGWINCH", () => { throw new Error("nobody caught this"); });
  process.on("SIGIO", () => { throw "not even an error"; });
`;

let running: RunningConsole;
let drop: () => Promise<void>;
let administer: (sql: string) => Promise<void>;

test.beforeEach(async () => {
  const made = await createTestDatabase();
  drop = made.drop;
  administer = async (sql) => {
    const client = new pg.Client({ connectionString: made.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const preload = `data:text/javascript,${encodeURIComponent(faults)}`;
  running = await startConsole({ DATABASE_URL: made.url, NODE_OPTIONS: `--import ${preload}` });
  await (await fetch(`${running.address}/setup`)).text();
});
test.afterEach(async () => {
  await running.end("SIGTERM");
  await drop();
});

interface Line {
  level: number;
  where?: string;
  reference?: string;
  reason?: string;
}

/** The lines that `work` led to, once no more come. */
async function linesOf(work: () => unknown): Promise<Line[]> {
  const before = running.log().length;
  await work();
  let seen = -1;
  while (seen !== running.log().length) {
    seen = running.log().length;
    await pause(300);
  }
  return running
    .log()
    .slice(before)
    .map((line) => JSON.parse(line));
}

const bug = (where: unknown) =>
  expect.objectContaining({ level: 50, where, reference: expect.stringMatching(/^[0-9a-f]{12}$/) });

test("what nobody waited for, and what nobody caught, is one line with one reference", async () => {
  expect(await linesOf(() => running.child.kill("SIGUSR2"))).toEqual([bug("unhandled rejection")]);
  expect(await linesOf(() => running.child.kill("SIGWINCH"))).toEqual([bug("uncaught exception")]);
  expect(await running.end("SIGTERM")).toBe(1);
});

test("so is what is thrown and no error", async () => {
  expect(await linesOf(() => running.child.kill("SIGIO"))).toEqual([bug("uncaught exception")]);
});

const send =
  (path: string, init: RequestInit = {}) =>
  (address: string) =>
    fetch(address + path, { redirect: "manual", ...init });
const posted = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });

/** A request through each way in, all of which a stranger has, and what fails for it. */
const page = `/setup?token=${"x".repeat(43)}`;
const ways: Record<string, [table: string, ask: (address: string) => Promise<Response>]> = {
  "a page": ["one_time_tokens", send(page)],
  "a page before it is one": ["users", send("/sign-in")],
  "a callback": ["identity_providers", send("/api/auth/callback/nobody?code=1&state=2")],
  "a SAML response": ["identity_providers", send("/api/auth/saml/nobody/acs", posted({ SAMLResponse: "x" }))],
  "a logout token": [
    "rate_limits",
    send("/api/auth/backchannel-logout/nobody", posted({ logout_token: "x" })),
  ],
  "a provisioning client": [
    "scim_tokens",
    send("/scim/v2/Users", { headers: { authorization: `Bearer ${"x".repeat(43)}` } }),
  ],
};

test("a request that fails is one line, with the reference that its answer shows", async () => {
  for (const [name, [table, ask]] of Object.entries(ways)) {
    await administer(`ALTER TABLE ${table} RENAME TO away`);
    let text = "";
    const lines = await linesOf(async () => {
      text = await (await ask(running.address)).text();
    });
    await administer(`ALTER TABLE away RENAME TO ${table}`);
    expect(lines, name).toEqual([bug(expect.any(String))]);
    expect(text, name).toContain(lines[0]?.reference);
  }
});
