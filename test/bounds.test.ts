import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { ownBudget } from "#lib/kernel/own-acts.ts";
import { limits } from "#lib/kernel/rate-limits.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { openMailServer } from "#test/mail-server.ts";
import { trustPasswords } from "#test/rules-model/trust-passwords.ts";
import { examples, withoutExample } from "./counts/examples/index.ts";
import { openInstallation } from "./installation.ts";
import { type AnyCommand, operations } from "./operations.ts";
import { person } from "./people.ts";
import { noProviders } from "./sync.ts";

/** Of these only the server itself, or who is on it, runs any. */
const serversOwn = [
  ...["break glass", "delete old audit events", "load catalogue", "mark secret", "open local sign-in"],
  ...["sync provisioned people"],
];

const names = [...examples.map(({ command }) => command.name), ...Object.values(withoutExample).flat()];
const commands = operations.filter(({ name }) => names.includes(name)) as AnyCommand[];
const isAnybodys = ({ needs }: AnyCommand) =>
  needs === "public" || needs === "system" || needs === "signedIn" || needs === "enrolling";
const limitOf = (command: AnyCommand) => ownBudget(command) ?? command.boundBy;

test("B06: every command that asks for no capability says what keeps it from being done for ever", () => {
  const unbound = commands.filter((one) => isAnybodys(one) && limitOf(one) === undefined);
  expect(unbound.map(({ name }) => name).sort()).toEqual(serversOwn);
});

test("B06: whoever fills the budget of a person keeps them from nothing that protects their account", () => {
  const losable = commands.filter((one) => limitOf(one) === "ownActs").map(({ name }) => name);
  expect(losable.sort()).toEqual([
    ...["connect identity provider", "edit own profile", "request access", "withdraw access request"],
  ]);
});

test("B06: what a stranger does as often as an address allows leaves no row, unless an account comes of it", () => {
  const rows = commands.filter(({ needs, mereStep }) => needs === "public" && !mereStep);
  const bounds = new Set(rows.map(({ boundBy }) => boundBy));
  expect([...bounds].sort()).toEqual(["signIns", "signUp", "spent secret"]);
});

const anybodys = examples
  .filter(({ command }) => isAnybodys(command))
  .map((one) => ({ ...one, name: one.command.name, limit: limitOf(one.command) }));

const publicUrl = "https://console.example.com";

describe("each takes a turn at the limit that it names, and leaves a row or none as it says", () => {
  let close: () => Promise<unknown>;
  beforeAll(async () => {
    const mails = await openMailServer();
    await openInstallation();
    close = () => mails.close();
    Object.assign(env(), { publicUrl });
    trustPasswords();
    await person({ roles: (await currentPolicy(database())).catalogue.firstUserRoles });
  });
  afterAll(() => close());

  test.each(anybodys)("B06: $name: $limit", async ({ command, limit, make }) => {
    await noProviders();
    await database().identity.deleteMany();
    await database().setting.deleteMany();
    const [call, input] = await make(1);
    // Where the console sends no mail: with mail, what bounds it is the link, which an address gets one account by.
    Object.assign(env(), { publicUrl: limit === "signUp" && !command.mereStep ? undefined : publicUrl });
    await database().rateLimit.deleteMany();
    const rows = () => database().auditEvent.count({ where: { action: command.name, outcome: "done" } });
    const before = await rows();
    await runCommand(command, call, input);
    expect((await rows()) - before).toBe(command.mereStep ? 0 : 1);
    const counters = (await database().rateLimit.findMany()).map(({ key }) => key.split(":")[0]);
    if (limit !== undefined && limit in limits) expect(counters).toContain(limit);
  });
});
