import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { changeOwnPassword, redeemResetLink } from "#lib/accounts/index.ts";
import { restoreAccess } from "#lib/break-glass/index.ts";
import { type Call, systemCall } from "#lib/kernel/call.ts";
import { account, type Caller, callerOf, stranger } from "#lib/kernel/caller.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { Turns, turnsAt } from "#lib/kernel/turns.ts";
import { notNow } from "#lib/kernel/unavailable.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import { acceptSamlResponse, samlAddresses } from "#lib/saml/index.ts";
import { saveRegistration } from "#lib/settings/index.ts";
import { confirmIdentity, signIn } from "#lib/sign-in/index.ts";
import { signUp } from "#lib/sign-up/index.ts";
import { saveProvider } from "#lib/sso/index.ts";
import { createUser, resetPassword } from "#lib/users/index.ts";
import { openInstallation, root } from "./installation.ts";
import { callAs, nextInstant, type Person, password, person, visitor, visitorWith } from "./people.ts";
import { encode, SamlIdentityProvider } from "./saml-provider.ts";
import { nextNumber } from "./sequence.ts";
import { storeProvider } from "./sync.ts";

const idp = new SamlIdentityProvider();
const own = samlAddresses("http://localhost", "company");
let owner: Person;
let asOwner: Call;

beforeAll(async () => {
  const close = await openInstallation();
  owner = await person({ roles: ["superadmin"] });
  asOwner = await callAs(owner);
  await runCommand(saveRegistration, asOwner, { enabled: true, role: "user" });
  await storeProvider({
    kind: "saml",
    syncRoles: false,
    settings: idp.settings({ allowIdpInitiated: true }),
  });
  return close;
});
beforeEach(() => database().rateLimit.deleteMany());
afterEach(() => void vi.restoreAllMocks());

const another = "seven green bottles of ink";
const newcomer = () => {
  const username = `newcomer${nextNumber("newcomer")}`;
  return { username, email: `${username}@example.com`, password: another };
};
const known = async (somebody: Person) => {
  const entered = await runCommand(signIn, visitor(), { identifier: somebody.username, password });
  return visitorWith(entered.browser ?? "");
};
const linkOf = ({ id }: Person) => database().$transaction((tx) => issueResetLink(tx, id, nextInstant()));
const withHash = async (passwordHash: string) => {
  const somebody = await person({ roles: ["user"] });
  await database().user.update({ where: { id: somebody.id }, data: { passwordHash } });
  return somebody;
};

interface Example {
  /** Who stands in the queue. */
  as: Caller;
  run: () => Promise<unknown>;
}

/** Everything that does dear work, by command. */
const examples: Record<string, () => Promise<Example>> = {
  "sign in, as anybody": async () => {
    const { username: identifier } = await person({ roles: ["user"] });
    const call = visitor("198.51.100.1");
    return {
      as: stranger(call),
      run: () => runCommand(signIn, call, { identifier, password }),
    };
  },
  "sign in, as nobody": async () => ({
    as: stranger(visitor()),
    run: () =>
      runCommand(signIn, visitor(), { identifier: "nobody.at.all", password }).catch(() => undefined),
  }),
  "sign in, in a known browser": async () => {
    const somebody = await person({ roles: ["user"] });
    const call = await known(somebody);
    return {
      as: account(somebody.id),
      run: () => runCommand(signIn, call, { identifier: somebody.username, password }),
    };
  },
  "sign in, with an imported hash": async () => {
    const { username: identifier } = await withHash(await bcrypt(password, 4));
    return { as: stranger(visitor()), run: () => runCommand(signIn, visitor(), { identifier, password }) };
  },
  "sign up": async () => {
    const call = visitor("198.51.100.2");
    return {
      as: stranger(call),
      run: () => runCommand(signUp, call, newcomer()),
    };
  },
  "accept saml response": async () => {
    const call = { ...visitor("198.51.100.3"), origin: "http://localhost", at: new Date() };
    const response = encode(idp.honest(idp.said({ acs: own.acs, issuer: own.entityId })));
    return {
      as: stranger(call),
      run: () => runCommand(acceptSamlResponse, call, { provider: "company", response }),
    };
  },
  "save identity provider": async () => {
    const { version } = await database().identityProvider.findUniqueOrThrow({ where: { slug: "company" } });
    const input = {
      slug: "company",
      label: "Company login",
      version,
      metadata: idp.metadata(),
      allowIdpInitiated: true,
      autoCreateUsers: false,
      trustUnverifiedEmail: false,
      linkAdministrators: false,
    };
    return {
      as: account(owner.id),
      run: async () => runCommand(saveProvider, await callAs(owner), input),
    };
  },
  "add user": async () => ({
    as: account(owner.id),
    run: () => runCommand(createUser, asOwner, { ...newcomer(), roles: ["user"] }),
  }),
  "reset password": async () => {
    const { id } = await person({ roles: ["user"] });
    const call = await callAs(owner);
    return { as: account(owner.id), run: () => runCommand(resetPassword, call, { id, password: another }) };
  },
  "change own password": async () => {
    const somebody = await person({ roles: ["user"] });
    const call = await callAs(somebody);
    const input = { currentPassword: password, password: another, forgetDevices: false };
    return {
      as: account(somebody.id),
      run: () => runCommand(changeOwnPassword, call, input),
    };
  },
  "confirm identity": async () => {
    const somebody = await person({ roles: ["user"] });
    const call = await callAs(somebody);
    return {
      as: account(somebody.id),
      run: () => runCommand(confirmIdentity, call, { password }),
    };
  },
  "choose password with link": async () => {
    const somebody = await person({ roles: ["user"] });
    const token = await linkOf(somebody);
    return {
      as: account(somebody.id),
      run: () => runCommand(redeemResetLink, visitor(), { token, password: another }),
    };
  },
  "break glass": async () => {
    const { username: name } = await person({ roles: ["user"] });
    const call = systemCall("break-glass");
    const input = { name, roles: false, password: true };
    return { as: callerOf(call), run: () => runCommand(restoreAccess, call, input) };
  },
};

/** Who took turns while this was done, in order: at dear work, or to write. */
async function turnsIn(work: () => Promise<unknown>): Promise<["dear" | "writes", Caller][]> {
  const dear = turnsAt("dear work", () => {
    throw new Error("there is dear work in the process by now");
  });
  const taken = vi.spyOn(Turns.prototype, "run");
  const told = await work();
  const { calls, contexts } = taken.mock;
  taken.mockRestore();
  expect(told instanceof Error && told).toBe(false);
  return calls.map(([caller], place) => [contexts[place] === dear ? "dear" : "writes", caller]);
}

test.each(Object.entries(examples))(
  "%s: stands in line as who asks, before it holds a connection",
  async (_name, example) => {
    const { as, run } = await example();
    const turns = await turnsIn(run);
    const dear = turns.filter(([what]) => what === "dear");
    expect(dear.length).toBeGreaterThan(0);
    expect(dear).toEqual(dear.map(() => ["dear", as]));
    expect(turns.slice(0, dear.length)).toEqual(dear);
  },
);

/** One of a hundred own acts an hour is no loss. */
const budgets = ["ownActs:", "ownProtection:"].map((startsWith) => ({ key: { startsWith } }));
const turnsTaken = () =>
  database().rateLimit.findMany({
    where: { points: { gt: 0 }, NOT: { OR: budgets } },
    orderBy: { key: "asc" },
  });

test.each(Object.entries(examples))("%s: whoever is sent away has used no turn", async (_name, example) => {
  const { run } = await example();
  const before = await turnsTaken();
  const busy = vi.spyOn(Turns.prototype, "run").mockImplementation(() => Promise.reject(notNow("busy")));
  const told = await run().catch((error: unknown) => error);
  expect(busy).toHaveBeenCalledOnce();
  busy.mockRestore();
  if (told) expect(told).toMatchObject({ code: "unavailable", reason: "busy" });
  expect(await turnsTaken()).toEqual(before);
});

/** What takes long, and the files that may do it, of which the examples above are all the commands. */
const dear: [what: RegExp, files: string[]][] = [
  [/from "@node-rs\/argon2"/, ["lib/passwords/hash.ts"]],
  [/from "@node-rs\/bcrypt"/, ["lib/passwords/imported-hash.ts"]],
  [/\bpasswordProblem\(/, ["lib/passwords/accept-password.ts", "lib/passwords/schema.ts"]],
  [/\bjudgeResponse\(/, ["lib/saml/accept-response.ts", "lib/saml/judge-response.ts"]],
  [/\breadMetadata\(/, ["lib/saml/read-metadata.ts", "lib/sso/provider-metadata.ts"]],
  [/\bsaidByMetadata\(/, ["lib/sso/provider-metadata.ts", "lib/sso/save-provider.ts"]],
  [
    /\bdearWork(?:<T>)?\(/,
    [
      "lib/kernel/dear-work.ts",
      "lib/passwords/guesser.ts",
      "lib/passwords/hash.ts",
      "lib/saml/accept-response.ts",
      "lib/sso/save-provider.ts",
    ],
  ],
];

test("what takes long is done in these places and no others", () => {
  const listed = execFileSync("git", ["ls-files", "lib", "server", "app"], { cwd: root, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, "utf8")]));
  for (const [what, expected] of dear)
    expect(files.filter((file) => what.test(texts.get(file) ?? "")).sort(), String(what)).toEqual(expected);
});
