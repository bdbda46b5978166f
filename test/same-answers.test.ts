import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { editOwnProfile } from "#lib/accounts/index.ts";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { registry } from "#lib/kernel/registry.ts";
import { type Wire, watchStatements } from "./counts/watch-statements.ts";
import { openInstallation, pointAt } from "./installation.ts";
import { openMailServer } from "./mail-server.ts";
import { type AnyCommand, type AnyQuery, operations } from "./operations.ts";
import { callAs, type Person, person, visitor } from "./people.ts";

const secret = "seven green bottles of ink";
const names = { username: "somebody.new", givenName: "", familyName: "" };

/** What an outsider may try with a name: whether the console knows it must not show. By operation, so many ways. */
const withName: Record<string, ((name: string, address: string) => object)[]> = {
  "sign in": [
    (identifier) => ({ identifier, password: secret }),
    (_, identifier) => ({ identifier, password: secret }),
  ],
  "ask for reset link": [(identifier) => ({ identifier }), (_, identifier) => ({ identifier })],
  "ask for sign-up link": [(_, email) => ({ email })],
  "sign up": [
    (_, email) => ({ ...names, email, password: secret }),
    (username, email) => ({ ...names, username, email, password: secret, token: "made up" }),
  ],
  "set up installation": [(username, email) => ({ ...names, username, email, password: secret })],
};

/** The others that need no right, and why no name of a stranger's choice goes into them. */
const withoutName: Record<string, string[]> = {
  "take nothing that names somebody": [
    "ask for the password rules",
    "ask how to sign in",
    "ask whether reset links are sent",
    "ask whether sign-up is open",
    "start saml sign-in",
  ],
  "look up a secret, and say nothing without it": [
    "check email address link",
    "check reset link",
    "check set-up link",
    "check sign-up link",
    "choose password with link",
    "confirm new email address",
    "redeem saml ticket",
  ],
  "know the person by a passkey, or by a ticket of the step before": [
    "ask for passkey",
    "sign in with passkey",
    "sign in with password and passkey",
    "sign in with second factor",
    "view second step of sign-in",
  ],
  "believe a provider": ["accept saml response", "ask whether a saml response may come"],
};

let wire: Wire;
let known: Person;
beforeAll(async () => {
  const close = await openInstallation();
  const mails = await openMailServer();
  Object.assign(registry(), { env: { ...env(), publicUrl: "https://console.example.com" } });
  wire = await watchStatements(env().databaseUrl ?? "");
  pointAt(wire.url);
  known = await person({ roles: ["user"] });
  const value = { enabled: true, role: "user" };
  await database().setting.create({ data: { key: "registration", value, updatedAt: new Date() } });
  return async () => {
    await mails.close();
    await close();
    await wire.close();
  };
});
beforeEach(() => database().rateLimit.deleteMany());

/** The answer, or the refusal, and every statement until nothing follows any more; without what was sent. */
async function answerTo(run: () => Promise<unknown>, ...sent: string[]) {
  await afterwardsDone();
  const { result, sent: statements } = await wire.during(async () => {
    const answer = await run().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      const { code, reason, message, fields, rules, details } = error;
      return { code, reason, message, fields, rules, details };
    });
    await afterwardsDone();
    return answer;
  });
  const bare = sent.reduce((text, word) => text.replaceAll(word, "sent"), JSON.stringify(result));
  return { answer: bare, statements: statements.map(({ sql }) => sql) };
}

/** Twice, for what is kept in memory after the first time. */
async function compare(run: (name: string, address: string) => Promise<unknown>) {
  const answers = [];
  for (const [name, address] of [
    ["warm.up.one", "warm.up.one@example.com"],
    [known.username, known.email],
    ["nobody.there", "nobody.there@example.com"],
  ] as const)
    answers.push(await answerTo(() => run(name, address), address, name));
  const [, ofKnown, ofUnknown] = answers;
  expect(ofKnown?.statements.length).toBeGreaterThan(0);
  expect(ofKnown).toEqual(ofUnknown);
}

test("every operation that needs no right is tried with a known and an unknown name, or says why not", () => {
  const open = operations.filter(({ needs }) => needs === "public").map(({ name }) => name);
  const listed = [...Object.keys(withName), ...Object.values(withoutName).flat()];
  expect(listed.sort()).toEqual(open.sort());
});

const rows = Object.entries(withName).flatMap(([name, ways]) =>
  ways.map((way, index) => [`${name} (${index + 1})`, name, way] as const),
);
describe.each(rows)("%s", (_title, name, way) => {
  test("answers with the same words after the same statements, whether the name is known or not", async () => {
    const operation = operations.find((one) => one.name === name);
    let count = 0;
    const stranger = (): Call => visitor(`198.51.100.${++count}`);
    await compare((username, address) =>
      operation && "prepare" in operation
        ? runCommand(operation as AnyCommand, stranger(), way(username, address))
        : runQuery(operation as AnyQuery, stranger(), way(username, address)),
    );
  });
});

test("a user who enters an address as theirs is answered alike as well", async () => {
  const who = await person({ roles: ["user"] });
  let version = 0;
  await compare(async (_, email) => {
    version += 1;
    return runCommand(editOwnProfile, await callAs(who), { ...names, email, version });
  });
});
