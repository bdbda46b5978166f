import { expect, test } from "vitest";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { openMailServer } from "#test/mail-server.ts";
import { operations } from "#test/operations.ts";
import { person } from "#test/people.ts";
import { noProviders } from "#test/sync.ts";
import { trustPasswords } from "../rules-model/trust-passwords.ts";
import { type Budget, holdAgainst } from "./budgets.ts";
import type { Example } from "./example.ts";
import { examples, withoutExample } from "./examples/index.ts";
import { accessWithoutLock, underLock, type Wire, watchStatements } from "./watch-statements.ts";

/** What only reads has no example: the pages count it. Beside them stand the three that only sound so. */
const reads = /^(view|list|find|count|explain|preview|name|check|ask|open identity) /;
const soundLikeReading = [
  "ask for reset link",
  "ask for sign-up link",
  "ask for passkey",
  "ask for passkey to confirm identity",
];

test("every command has an example, or a reason why not", () => {
  const commands = operations
    .filter((one) => !reads.test(one.name) || "changesAccess" in one || soundLikeReading.includes(one.name))
    .map(({ name }) => name);
  const known = [...examples.map(({ command }) => command.name), ...Object.values(withoutExample).flat()];
  expect(known.sort()).toEqual(commands.sort());
});

test("no command sends more statements than its budget", { timeout: 300_000 }, async () => {
  const counted: Budget = {};
  // With mail, so that what is read for a mail counts too.
  const mails = await openMailServer();
  Object.assign(env(), { publicUrl: "https://console.example.com" });
  for (const catalogue of new Set(examples.map((one) => one.catalogue))) {
    const close = await openInstallation(catalogue);
    const wire = await watchStatements(env().databaseUrl ?? "");
    pointAt(wire.url);
    trustPasswords();
    // Somebody who stays: what protects the last administrator stands in no example's way.
    await person({ roles: (await currentPolicy(database())).catalogue.firstUserRoles });
    for (const one of examples) {
      if (one.catalogue === catalogue) counted[one.command.name] = await countsOf(one, wire);
    }
    await close();
    await wire.close();
  }
  await mails.close();
  expect(await holdAgainst("commands", "Statements of each command.", counted)).toEqual([]);
});

async function countsOf(one: Example, wire: Wire) {
  const first = await sentBy(one, wire, 1);
  const held = underLock(first);
  // A command that changed access without the lock would be found here, whatever it says of itself.
  expect([one.command.name, accessWithoutLock(first)]).toEqual([one.command.name, []]);
  const counts = { statements: first.length, ...(held > 0 && { underLock: held }) };
  if (!one.many) return counts;
  const more = 20;
  const perRow = ((await sentBy(one, wire, more)).length - first.length) / (more - 1);
  return { ...counts, perRow: Math.round(perRow * 100) / 100 };
}

/** Begin and commit included, and what follows the change. */
async function sentBy({ command, make }: Example, wire: Wire, rows: number) {
  await noProviders();
  await database().identity.deleteMany();
  await database().rateLimit.deleteMany();
  await database().setting.deleteMany();
  try {
    const [call, input] = await make(rows);
    const { sent } = await wire.during(async () => {
      await runCommand(command, call, input);
      await afterwardsDone();
    });
    return sent;
  } catch (cause) {
    throw new Error(`the example of "${command.name}" (${rows}) failed: ${(cause as Error).message}`, {
      cause,
    });
  }
}
