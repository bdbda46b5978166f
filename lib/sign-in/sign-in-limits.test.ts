import { beforeAll, expect, onTestFinished, test } from "vitest";
import { addressBlock } from "#lib/kernel/address-block.ts";
import { database } from "#lib/kernel/database.ts";
import { env, type MailSettings } from "#lib/kernel/env.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { rowKey, takeTurn } from "#lib/kernel/rate-limit.ts";
import { limits, widerTimes } from "#lib/kernel/rate-limits.ts";
import { registry } from "#lib/kernel/registry.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { password, person, visitor } from "#test/people.ts";
import { failure, refused } from "#test/trail.ts";
import { signIn } from "./sign-in.ts";

beforeAll(() => openInstallation());

const wrong = "not this one, I fear";
const tooMany = {
  code: "rate_limited",
  reason: "too_many_attempts",
  message: /\b15\b/,
} as const;
const fullWidth = (text: string) =>
  text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
const attempt = (identifier: string, address: string, guess = wrong) =>
  failure(runCommand(signIn, visitor(address), { identifier, password: guess }));
const useUp = async (identifier: string, address: string) => {
  for (let turn = 0; turn < limits.pair.points; turn++)
    expect(await attempt(identifier, address)).toMatchObject({ reason: "bad_credentials" });
};

test("after five wrong tries an address waits, even with the right password; others do not", async () => {
  const { username } = await person({ roles: ["user"] });
  await useUp(username, "198.51.100.1");
  const blocked = await refused(signIn, visitor("198.51.100.1"), { identifier: username, password }, tooMany);
  expect(blocked.details.retryAfter).toBeGreaterThan(890);
  expect(blocked.details.retryAfter).toBeLessThanOrEqual(900);
  const elsewhere = visitor("198.51.100.2");
  await expect(runCommand(signIn, elsewhere, { identifier: username, password })).resolves.toBeDefined();
  const other = await person({ roles: ["user"] });
  expect(await attempt(other.username, "198.51.100.1")).toMatchObject({ reason: "bad_credentials" });
});

test("every case and width of a name shares a counter; an unknown name is counted just so", async () => {
  await person({ roles: ["user"], username: "Ida", email: "Ida@Example.com" });
  for (const name of ["ida", "gus"]) {
    for (const spelling of [name, name.toUpperCase(), ` ${name} `, fullWidth(name), name])
      expect(await attempt(spelling, "198.51.100.3")).toMatchObject({ reason: "bad_credentials" });
    expect(await attempt(name, "198.51.100.3")).toMatchObject({ reason: "too_many_attempts" });
  }
});

test("counters do not tell that a username and an address are one account's", async () => {
  await person({ roles: ["user"], username: "jo", email: "jo@example.com" });
  const told = [];
  for (const name of ["jo", "zed"]) {
    for (let turn = 0; turn <= limits.pair.points; turn++) await attempt(name, "198.51.100.13");
    const { code, reason, message, details } = await attempt(`${name}@example.com`, "198.51.100.13");
    told.push({ code, reason, message, details });
  }
  expect(told[0]).toMatchObject({ reason: "bad_credentials" });
  expect(told[1]).toEqual(told[0]);
});

test("addresses of one line count as one, and a site's many lines come to an end as well", async () => {
  const { username } = await person({ roles: ["user"] });
  const reasons = async (count: number, address: (turn: number) => string) => {
    const told = [];
    for (let turn = 1; turn <= count; turn++) told.push((await attempt(username, address(turn))).reason);
    return told.filter((reason) => reason === "bad_credentials").length;
  };
  expect(await reasons(limits.pair.points + 3, (turn) => `2001:db8:1:1::${turn}`)).toBe(limits.pair.points);
  const site = limits.pair.points * widerTimes;
  const left = site - limits.pair.points - 3;
  expect(await reasons(site, (turn) => `2001:db8:1:${turn + 1}::1`)).toBe(left);
});

test("signing in clears the counter", async () => {
  const { username } = await person({ roles: ["user"] });
  for (let turn = 1; turn < limits.pair.points; turn++) await attempt(username, "198.51.100.4");
  await runCommand(signIn, visitor("198.51.100.4"), { identifier: username, password });
  await useUp(username, "198.51.100.4");
});

test("a hundred guesses at once are a hundred turns", async () => {
  const { username } = await person({ roles: ["user"] });
  const guesses = Array.from({ length: 100 }, () => attempt(username, "198.51.100.5"));
  const reasons = (await Promise.all(guesses)).map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === "bad_credentials")).toHaveLength(limits.pair.points);
  expect(reasons.filter((reason) => reason === "too_many_attempts")).toHaveLength(100 - limits.pair.points);
});

test("counters are the database's: a new process forgets none", async () => {
  const { username } = await person({ roles: ["user"] });
  await useUp(username, "198.51.100.6");
  await onAnotherInstance(async () => {
    expect(await attempt(username, "198.51.100.6", password)).toMatchObject({ reason: "too_many_attempts" });
  });
});

test("many addresses at one account, and one address at many accounts, come to an end too", async () => {
  const { username } = await person({ roles: ["user"] });
  const almost = { points: limits.name.points, expire: new Date(Date.now() + 60_000) };
  await database().rateLimit.create({ data: { key: rowKey("name", normaliseKey(username)), ...almost } });
  expect(await attempt(username, "198.51.100.7")).toMatchObject({ reason: "too_many_attempts" });

  const used = { points: limits.address.points, expire: new Date(Date.now() + 60_000) };
  await database().rateLimit.create({ data: { key: rowKey("address", "198.51.100.8"), ...used } });
  expect(await attempt("anybody", "198.51.100.8")).toMatchObject({ reason: "too_many_attempts" });
});

test("what was typed into the name field is not kept in the counters", async () => {
  await attempt("my secret in the wrong field", "198.51.100.9");
  const rows = await database().rateLimit.findMany();
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).toMatch(/^\w+(?::[\w-]{43}){1,2}$/);
});

test("B06: an address without a turn left makes no rows for the names that it brings, nor does a site's next line", async () => {
  const rows = () => database().rateLimit.count();
  const flood = async (names: number, address: (turn: number) => string) => {
    for (let turn = 1; turn <= names; turn++) await attempt(`made up ${turn}`, address(turn));
  };
  const used = async (block: string, points: number) => {
    const expire = new Date(Date.now() + 60_000);
    await database().rateLimit.create({ data: { key: rowKey("address", block), points, expire } });
  };
  await used("198.51.100.14", limits.address.points);
  await used("2001:db8:e::/48", limits.address.points * widerTimes);
  const before = await rows();
  await flood(20, () => "198.51.100.14");
  await flood(20, (turn) => `2001:db8:e:${turn}::1`);
  expect(await rows()).toBe(before);
  const { line, wider } = addressBlock("2001:db8:f:1::1");
  await flood(3, () => "2001:db8:f:1::1");
  const counted = await database().rateLimit.findMany({
    where: { key: { in: [rowKey("address", line), rowKey("address", wider)] } },
  });
  expect(counted.map(({ points }) => points)).toEqual([3, 3]);
});

test("a short wait is told in seconds; a limiter that cannot answer refuses", async () => {
  const key = rowKey("setUp", "198.51.100.10");
  const expire = new Date(Date.now() + 60_000);
  await database().rateLimit.create({ data: { key, points: limits.setUp.points + 1, expire } });
  const error = await failure(takeTurn("setUp", visitor("198.51.100.10")));
  expect(error.message).toMatch(/\b(5\d|60)\b/);

  await database().$executeRaw`ALTER TABLE rate_limits RENAME TO mislaid`;
  const { username } = await person({ roles: ["user"] });
  await expect(runCommand(signIn, visitor(), { identifier: username, password })).rejects.toThrow(
    /rate_limits/,
  );
  await database().$executeRaw`ALTER TABLE mislaid RENAME TO rate_limits`;
});

test("the way out of a limit names a link only where the sign-in page offers one", async () => {
  const { username } = await person({ roles: ["user"] });
  for (let turn = 0; turn <= limits.pair.points; turn++) await attempt(username, "198.51.100.60");
  const there = env();
  const way = async (mail: MailSettings | undefined, publicUrl: string | undefined) => {
    registry().env = { ...there, mail, publicUrl };
    return (await attempt(username, "198.51.100.60")).message;
  };
  const mail = { server: "smtp://localhost", from: "console@example.com" };
  const url = "https://console.example.com";
  onTestFinished(() => {
    registry().env = there;
  });
  expect(await way(undefined, url)).toMatch(/administrator/);
  expect(await way(mail, undefined)).toMatch(/administrator/);
  expect(await way(mail, url)).not.toMatch(/administrator/);
});
