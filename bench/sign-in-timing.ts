// Does time tell who has an account? Failed sign-ins and requests for a reset link, of names that exist, that do not,
// that are disabled and that have no password: in turns, in a new order each round, so that what counts is the ratio.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askResetLink } from "../lib/accounts/index.ts";
import { database } from "../lib/kernel/database.ts";
import { env } from "../lib/kernel/env.ts";
import { runCommand } from "../lib/kernel/operation.ts";
import { registry } from "../lib/kernel/registry.ts";
import { signIn } from "../lib/sign-in/index.ts";
import { openInstallation } from "../test/installation.ts";
import { password, person, visitor } from "../test/people.ts";
import { startTestPostgres } from "../test/postgres.ts";
import { mannWhitney } from "./sign-in-timing/mann-whitney.ts";

const rounds = Number(process.argv[2] ?? 200);
const warmUp = 10;
/** Beyond this, and not by chance, a patient stranger could tell. */
const tellable = { away: 0.1, p: 0.001 };

const folder = mkdtempSync(join(tmpdir(), "bailiwick-bench-"));
const server = await startTestPostgres();
Object.assign(process.env, { BAILIWICK_DATA: folder, LOG_LEVEL: "silent", TEST_DATABASE_URL: server.url });

/** Whose name is tried, the one that the others are compared with first. */
async function names(): Promise<Map<string, string>> {
  const known = await person({ roles: ["user"] });
  const disabled = await person({ roles: ["user"], active: false });
  const without = await person({ roles: ["user"] });
  await database().user.update({ where: { id: without.id }, data: { passwordHash: null } });
  return new Map([
    ["known", known.username],
    ["unknown", "nobody.at.all"],
    ["disabled", disabled.username],
    ["without a password", without.username],
  ]);
}

const wrong = "not this one, I fear";
let address = 0;
const stranger = () => visitor(`10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address++ & 255}`);
const tries: Record<string, (identifier: string) => Promise<unknown>> = {
  "sign in, wrong password": (identifier) =>
    runCommand(signIn, stranger(), { identifier, password: wrong }).catch(() => {}),
  "ask for a reset link": (identifier) => runCommand(askResetLink, stranger(), { identifier }),
};

async function milliseconds(body: () => Promise<unknown>): Promise<number> {
  // Counters are part of the work, and everybody's begin empty.
  await database().rateLimit.deleteMany();
  const begun = performance.now();
  await body();
  return performance.now() - begun;
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] as number;
const line = (...[title = "", time = "", ratio = "", larger = "", p = ""]: string[]) =>
  console.log(
    `${title.padEnd(44)}${time.padStart(8)}${ratio.padStart(8)}${larger.padStart(9)}${p.padStart(9)}`,
  );

async function compare(): Promise<number> {
  await openInstallation();
  const mail = { server: "smtp://localhost:2525", from: "console@example.com" };
  Object.assign(registry(), { env: { ...env(), mail, publicUrl: "https://console.example.com" } });
  const people = await names();
  let told = 0;
  line("", "median", "ratio", "slower", "p");
  for (const [what, attempt] of Object.entries(tries)) {
    const cases = [...people].map(([whose, name]) => ({ whose, body: () => attempt(name) }));
    if (what.startsWith("sign in")) {
      const name = people.get("disabled") ?? "";
      const right = () => runCommand(signIn, stranger(), { identifier: name, password }).catch(() => {});
      cases.push({ whose: "disabled, right password", body: right });
    }
    const times = new Map(cases.map(({ whose }) => [whose, [] as number[]]));
    for (let round = 0; round < rounds + warmUp; round += 1) {
      for (const { whose, body } of cases.toSorted(() => Math.random() - 0.5)) {
        const time = await milliseconds(body);
        if (round >= warmUp) times.get(whose)?.push(time);
      }
    }
    const known = times.get("known") ?? [];
    for (const [whose, all] of times) {
      const { larger, p } = mannWhitney(all, known);
      if (Math.abs(larger - 0.5) > tellable.away && p < tellable.p) told += 1;
      const ratio = median(all) / median(known);
      line(`${what}: ${whose}`, median(all).toFixed(2), ratio.toFixed(3), larger.toFixed(2), p.toFixed(4));
    }
  }
  await database().$disconnect();
  return told;
}

try {
  const told = await compare();
  console.log(told === 0 ? "Time does not tell who has an account." : `Time tells ${told} of these apart.`);
  process.exitCode = told === 0 ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
