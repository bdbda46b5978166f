import { loadCatalogue } from "#lib/catalogue/load.ts";
import { database } from "#lib/kernel/database.ts";
import { startSession } from "#lib/sessions/index.ts";
import { createTestDatabase } from "#test/database.ts";
import { pointAt, root } from "#test/installation.ts";
import { type Person, person, visitor } from "#test/people.ts";
import { startTestPostgres } from "#test/postgres.ts";
import { startConsole } from "#test/running-console.ts";
import { sendForm, serverActions } from "../../e2e/forge.ts";

/** Two running consoles on one database: two superadmins demote, deactivate and delete each other in the browser's way. */
const rounds = Number(process.argv[2] ?? 50);
const server = await startTestPostgres();
const { url, drop } = await createTestDatabase(server.url);
pointAt(url);
await loadCatalogue("patchmon", root);
const settings = { DATABASE_URL: url, DATABASE_POOL_SIZE: "3" };
const consoles = [await startConsole(settings), await startConsole(settings)];

try {
  process.exitCode = await compete();
} finally {
  await Promise.all(consoles.map((one) => one.end("SIGTERM")));
  await database().$disconnect();
  await drop();
  await server.stop();
}

function save(other: Person, values: Record<string, string>) {
  return { id: other.id, email: other.email, givenName: "", familyName: "", version: "1", ...values };
}

async function compete(): Promise<number> {
  const actions = await serverActions();
  const ways = {
    demote: ["updateUserForm", (other: Person) => save(other, { roles: "user", active: "on" })],
    deactivate: ["updateUserForm", (other: Person) => save(other, { roles: "superadmin" })],
    delete: ["deleteUserForm", ({ id }: Person) => ({ id })],
  } as const;
  let wrong = 0;
  for (const [what, [name, fieldsFor]] of Object.entries(ways))
    for (let round = 1; round <= rounds; round += 1) {
      const problems = await oneRound(actions.get(name) ?? "", fieldsFor);
      wrong += problems.length;
      for (const problem of problems) process.stdout.write(`${what}, round ${round}: ${problem}\n`);
    }
  process.stdout.write(
    `two consoles: ${rounds} rounds each of ${Object.keys(ways).join(", ")}: ${wrong} went wrong\n`,
  );
  return wrong === 0 ? 0 : 1;
}

async function oneRound(action: string, fieldsFor: (other: Person) => Record<string, string>) {
  await database().user.updateMany({ data: { active: false } });
  const begun = new Date();
  const people = [await person({ roles: ["superadmin"] }), await person({ roles: ["superadmin"] })] as const;
  const send = async (index: 0 | 1) => {
    const cookie = `bailiwick-session=${await sessionNow(people[index])}`;
    const url = `${consoles[index]?.address}/settings/users`;
    const fields = Object.entries(fieldsFor(people[index === 0 ? 1 : 0]));
    return () => sendForm({ url, action, fields }, { cookie });
  };
  const sends = [await send(0), await send(1)];
  await Promise.all(sends.map((one) => one()));
  const where = { active: true, assignments: { some: { role: { key: "superadmin" } } } };
  const left = await database().user.count({ where });
  const events = await database().auditEvent.findMany({ where: { at: { gte: begun }, door: "action" } });
  const outcomes = events.map(({ outcome, reason }) => reason ?? outcome).sort();
  return [
    ...(left === 1 ? [] : [`${left} superadmins are left`]),
    ...(outcomes.join() === "done,sign_in_required" ? [] : [`the trail says ${outcomes.join(" and ")}`]),
  ];
}

async function sessionNow({ id }: Person): Promise<string> {
  const call = { ...visitor(), at: new Date() };
  const { token } = await database().$transaction((tx) => startSession(tx, call, id, { method: "password" }));
  return token;
}
