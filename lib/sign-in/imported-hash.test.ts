import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { beforeAll, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, person, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";

/** The stored hashes that a password was held against, in order. */
const verified = vi.hoisted(() => [] as string[]);
vi.mock("@node-rs/argon2", async (real) => {
  const module = await real<typeof import("@node-rs/argon2")>();
  const verify: typeof module.verify = (stored, ...more) => {
    verified.push(String(stored));
    return module.verify(stored, ...more);
  };
  return { ...module, verify };
});
vi.mock("@node-rs/bcrypt", async (real) => {
  const module = await real<typeof import("@node-rs/bcrypt")>();
  const verify: typeof module.verify = (password, stored, ...more) => {
    verified.push(String(stored));
    return module.verify(password, stored, ...more);
  };
  return { ...module, verify };
});
/** A hash without its salt and its sum: what kind it is, and what it costs. */
const kindOf = (stored: string) => /^\$2b\$\d+\$|^\$argon2id\$v=19\$[^$]+\$/.exec(stored)?.[0];

beforeAll(() => openInstallation());

const bad = { code: "unauthenticated", reason: "bad_credentials" } as const;
const hashOf = async (id: string) =>
  (await database().user.findUniqueOrThrow({ where: { id } })).passwordHash ?? "";
const withHash = async (passwordHash: string) => {
  const somebody = await person({ roles: ["user"] });
  await database().user.update({ where: { id: somebody.id }, data: { passwordHash } });
  return somebody;
};
const enter = (identifier: string, password: string) =>
  runCommand(signIn, visitor(), { identifier, password });

test.each(["2a", "2b", "2y"] as const)(
  "O03: an imported BCrypt hash ($%s$) signs in and is argon2id from that sign-in on",
  async (version) => {
    const { id, username } = await withHash(
      (await bcrypt("walk by the sea", 5)).replace(/^\$2b/, `$${version}`),
    );
    await refused(signIn, visitor(), { identifier: username, password: "walk by the Sea" }, bad);
    expect(await hashOf(id)).toMatch(/^\$2/);

    const first = await enter(username, "walk by the sea");
    expect((await callWith(first.token)).actor).toMatchObject({ id });
    const upgraded = await hashOf(id);
    expect(upgraded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(await lastEvent())).not.toContain(upgraded);

    await refused(signIn, visitor(), { identifier: username, password: "walk by the Sea" }, bad);
    await enter(username, "walk by the sea");
    expect(await hashOf(id)).toBe(upgraded);
  },
);

test("O03: BCrypt looked at 72 bytes only; from the upgrade on the whole password counts", async () => {
  const password = `${"a long walk by the harbour at night, ".repeat(2)}and home`;
  const { id, username } = await withHash(await bcrypt(password, 5));
  expect(Buffer.byteLength(password)).toBeGreaterThan(72);
  await enter(username, password);
  for (const other of [password.slice(0, 72), `${password.slice(0, 72)} and away`])
    await refused(signIn, visitor(), { identifier: username, password: other }, bad);
  await enter(username, password);
  expect(await hashOf(id)).toMatch(/^\$argon2id\$/);
});

test("an argon2 hash made with less than what holds now is made anew in the same way", async () => {
  const weak = await argon2("walk by the sea", { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  const { id, username } = await withHash(weak);
  await enter(username, "walk by the sea");
  expect(await hashOf(id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("two sign-ins at once upgrade once, and both get in", async () => {
  const { id, username } = await withHash(await bcrypt("walk by the sea", 5));
  const started = await Promise.all([1, 2, 3].map(() => enter(username, "walk by the sea")));
  for (const { token } of started) expect((await callWith(token)).actor).toMatchObject({ id });
});

test("an inactive account with an imported hash stays shut, and its hash as it was", async () => {
  const { id, username } = await withHash(await bcrypt("walk by the sea", 5));
  await database().user.update({ where: { id }, data: { active: false } });
  await refused(signIn, visitor(), { identifier: username, password: "walk by the sea" }, bad);
  expect(await hashOf(id)).toMatch(/^\$2/);
});

test("while imported hashes are left, unknown, own and imported accounts cost the same work", async () => {
  const cost = 11;
  const imported = await withHash(await bcrypt("walk by the sea", cost));
  const own = await person({ roles: ["user"] });
  const names = ["nobody.at.all", own.username, imported.username];
  const works = [];
  for (const [place, identifier] of names.entries()) {
    verified.length = 0;
    const call = visitor(`198.51.100.${place + 1}`);
    await refused(signIn, call, { identifier, password: "not this one" }, bad);
    works.push(verified.map(kindOf).sort());
  }
  // One of each kind, as costly as what is stored. What that is in time, `npm run bench sign-in-timing` measures.
  const both = ["$2b$11$", "$argon2id$v=19$m=19456,t=2,p=1$"];
  expect(works).toEqual([both, both, both]);
});
