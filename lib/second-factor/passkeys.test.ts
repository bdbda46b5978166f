import { beforeAll, describe, expect, test } from "vitest";
import { afterwardsDone } from "#lib/kernel/afterwards.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { turnOf, turnsFrom } from "#lib/kernel/rate-limit.ts";
import {
  askForPasskey,
  signIn,
  signInWithPasskey,
  signInWithPasswordAndPasskey,
} from "#lib/sign-in/index.ts";
import { origin, visitorHere } from "#test/factors.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, callWith, type Person, passTime, password, person, visitor } from "#test/people.ts";
import { present, type SoftPasskey, softPasskey } from "#test/soft-passkey.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { addPasskey, startPasskey } from "./add-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import { viewOwnFactors } from "./view-own-factors.ts";

beforeAll(() => openInstallation());

const refusal = { code: "unauthenticated", reason: "passkey_refused" } as const;
const notAccepted = { code: "conflict", reason: "passkey_refused" } as const;
const user = () => person({ roles: ["user"] });
const here = async (who: Person) => ({ ...(await callAs(who)), origin });

async function register(who: Person, key = softPasskey(), name = "Laptop") {
  const call = await here(who);
  const { options } = await runCommand(startPasskey, call, {});
  const { codes } = await runCommand(addPasskey, await here(who), {
    name,
    response: key.make(options, origin),
  });
  return { key, codes, options };
}
const ask = async (ticket?: string) => (await runCommand(askForPasskey, visitorHere(), { ticket })).options;
const alone = (response: string) => runCommand(signInWithPasskey, visitorHere(), { response });
const halfway = async ({ username }: Person) =>
  (await runCommand(signIn, visitor(), { identifier: username, password })).token;

describe("how often passkeys are asked for and shown", () => {
  const from = (address: string, ...browsers: string[]) => ({ ...visitorHere(address), browsers });
  const limited = { code: "rate_limited", reason: "too_many_attempts" } as const;
  const spendAll = async (address: string) => {
    const expire = new Date(Date.now() + 600_000);
    const { key, points } = turnsFrom("passkey", { address })[0] ?? turnOf("passkey");
    await database().rateLimit.create({ data: { key, points, expire } });
  };
  const pointsOf = async ({ key }: { key: string }) =>
    (await database().rateLimit.findUnique({ where: { key } }))?.points ?? 0;

  test("a sign-in that works gives back what it took, so an office's good sign-ins use up nothing", async () => {
    const { key } = await register(await user());
    const there = () => from("198.51.100.40");
    const [turn = turnOf("passkey")] = turnsFrom("passkey", there());
    for (let time = 0; time < 3; time++) {
      const { options } = await runCommand(askForPasskey, there(), {});
      expect(await pointsOf(turn)).toBe(1);
      await runCommand(signInWithPasskey, there(), { response: key.show(options, origin) });
      await afterwardsDone();
      expect(await pointsOf(turn)).toBe(0);
    }
  });

  test("whoever uses up an address keeps nobody out of a browser that they signed in with, nor behind a right password", async () => {
    const who = await user();
    const { key } = await register(who);
    const { browser = "" } = await alone(key.show(await ask(), origin));
    await spendAll("198.51.100.41");
    await refused(askForPasskey, from("198.51.100.41"), {}, limited);
    const there = () => from("198.51.100.41", browser);
    const { options } = await runCommand(askForPasskey, there(), {});
    const session = await runCommand(signInWithPasskey, there(), { response: key.show(options, origin) });
    expect(session.kind).toBe("session");
    const ticket = await halfway(who);
    const second = await runCommand(askForPasskey, from("198.51.100.41"), { ticket });
    const response = key.show(second.options, origin);
    const entered = { ticket, response };
    const done = await runCommand(signInWithPasswordAndPasskey, from("198.51.100.41"), entered);
    expect(done.kind).toBe("session");
  });

  test("browsers of one account share a count, however many there are", async () => {
    const who = await user();
    const first = (await runCommand(signIn, visitor(), { identifier: who.username, password })).browser;
    const second = (await runCommand(signIn, visitor(), { identifier: who.username, password })).browser;
    for (const browser of [first, second])
      await runCommand(askForPasskey, from("198.51.100.42", browser ?? ""), {});
    expect(await pointsOf(turnOf("passkey", who.id))).toBe(2);
  });

  test("an account has 20 passkeys at most, also when the challenges were all asked for before", async () => {
    const who = await user();
    const challenges = [];
    for (let number = 0; number < 21; number++)
      challenges.push((await runCommand(startPasskey, await here(who), {})).options);
    const last = challenges.pop();
    for (const options of challenges)
      await runCommand(addPasskey, await here(who), {
        name: "One more",
        response: softPasskey().make(options, origin),
      });
    const response = last && softPasskey().make(last, origin);
    const full = { code: "conflict", reason: "too_many_passkeys" } as const;
    await refused(addPasskey, await here(who), { name: "Too many", response }, full);
  });
});

describe("adding one", () => {
  test("it has a name, is listed, and brings recovery codes when it is the first factor", async () => {
    const who = await user();
    const { options, codes, key } = await register(who);
    expect(await lastEvent()).toMatchObject({
      action: "add passkey",
      after: { passkey: "Laptop", recoveryCodes: 10 },
    });
    expect(options).toMatchObject({
      rp: { id: "console.example.com" },
      attestation: "none",
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    });
    expect(codes).toHaveLength(10);
    const shown = await runQuery(viewOwnFactors, await here(who), {});
    expect(shown.passkeys).toMatchObject([{ name: "Laptop", lastUsedAt: null }]);
    const again = await runCommand(startPasskey, await here(who), {});
    expect(again.options.excludeCredentials).toMatchObject([{ id: key.id }]);
    expect((await register(who, softPasskey(), "Phone")).codes).toEqual([]);
  });

  test("the challenge works once, for five minutes, for whom and what it was given", async () => {
    const [jane, eve] = [await user(), await user()];
    const { options } = await runCommand(startPasskey, await here(jane), {});
    const input = { name: "Laptop", response: softPasskey().make(options, origin) };
    await refused(addPasskey, await here(eve), input, notAccepted);
    await runCommand(addPasskey, await here(jane), input);
    await refused(addPasskey, await here(jane), input, notAccepted);
    const late = await runCommand(startPasskey, await here(jane), {});
    passTime(300);
    const response = softPasskey().make(late.options, origin);
    await refused(addPasskey, await here(jane), { name: "Phone", response }, notAccepted);
    for (const other of [await ask(), await ask(await halfway(jane))]) {
      const made = softPasskey().make({ ...other, rp: { id: "console.example.com" } }, origin);
      await refused(addPasskey, await here(jane), { name: "Phone", response: made }, notAccepted);
    }
  });

  test("only from this console's own address, with the person verified", async () => {
    const who = await user();
    const attempt = async (change: (key: SoftPasskey, options: never) => string) => {
      const { options } = await runCommand(startPasskey, await here(who), {});
      const response = change(softPasskey(), options as never);
      await refused(addPasskey, await here(who), { name: "Laptop", response }, notAccepted);
    };
    await attempt((key, options) => key.make(options, "https://console.example.com.evil.test"));
    await attempt((key, options) => key.make(options, origin, present));
    await attempt((key, options: object) =>
      key.make({ ...options, rp: { id: "evil.test" } } as never, origin),
    );
  });

  test("what is no answer of a browser is said to be none; nothing of it is looked at", async () => {
    const who = await user();
    const bad = { code: "invalid", reason: "invalid_input" } as const;
    for (const response of ["", "{", "[]", '{"id":"a"}', "null", '"x"', undefined])
      await refused(addPasskey, await here(who), { name: "Laptop", response }, bad);
  });

  const saidAt = async (origin: string | undefined) => {
    const call = { ...(await callAs(await user())), origin };
    const elsewhere = { code: "conflict", reason: "no_passkeys_here" } as const;
    const { message } = await refused(startPasskey, call, {}, elsewhere);
    expect((await runQuery(viewOwnFactors, call, {})).passkeyWhy).toBe(message);
    return message;
  };

  test("at an address without a name, and at one without https, each reason is said", async () => {
    const nameless = await saidAt("http://192.0.2.7:3000");
    for (const at of ["http://[2001:db8::1]", undefined]) expect(await saidAt(at)).toBe(nameless);
    expect(await saidAt("http://console.example.com")).not.toBe(nameless);
  });
});

describe("as the second factor", () => {
  test("P54: the password asks for it, and with it there is a session", async () => {
    const who = await user();
    const { key } = await register(who);
    const ticket = await halfway(who);
    expect((await callWith(ticket)).actor).toEqual({ kind: "anonymous" });
    const options = await ask(ticket);
    expect(options).toMatchObject({ userVerification: "required", allowCredentials: [{ id: key.id }] });
    const response = key.show(options, origin);
    const done = await runCommand(signInWithPasswordAndPasskey, visitorHere(), {
      ticket,
      response,
      remember: "on",
    });
    expect(await lastEvent()).toMatchObject({
      after: { method: "password", factor: "passkey", remembered: true },
    });
    expect((await callWith(done.token)).actor).toMatchObject({ id: who.id });
    expect(done.browser).toBeDefined();
    await refused(
      signInWithPasswordAndPasskey,
      visitorHere(),
      { ticket, response },
      {
        code: "unauthenticated",
        reason: "ticket_over",
      },
    );
  });

  test("not somebody else's, and not with a challenge for something else", async () => {
    const [jane, eve] = [await user(), await user()];
    const [hers, evil] = [await register(jane), await register(eve)];
    const ticket = await halfway(jane);
    const tries = [
      evil.key.show(await ask(ticket), origin),
      hers.key.show(await ask(), origin),
      hers.key.show(await ask(await halfway(eve)), origin),
    ];
    for (const response of tries)
      await refused(signInWithPasswordAndPasskey, visitorHere(), { ticket, response }, refusal);
    const right = hers.key.show(await ask(ticket), origin);
    await runCommand(signInWithPasswordAndPasskey, visitorHere(), { ticket, response: right });
  });
});

describe("as the only factor", () => {
  test("it signs in without name and password, and the session says so", async () => {
    const who = await user();
    const { key } = await register(who);
    const options = await ask();
    expect(options).toMatchObject({ userVerification: "required", allowCredentials: [] });
    const { token } = await alone(key.show(options, origin));
    expect(await lastEvent()).toMatchObject({ action: "sign in with passkey", targetId: who.id });
    expect((await callWith(token)).actor).toMatchObject({ id: who.id });
    const row = await database().session.findFirst({ where: { userId: who.id }, orderBy: { id: "desc" } });
    expect(row).toMatchObject({ method: "passkey", factor: null });
  });

  test("an answer works once, in five minutes, at this address, with the person verified", async () => {
    const { key } = await register(await user());
    const input = { response: key.show(await ask(), origin) };
    await runCommand(signInWithPasskey, visitorHere(), input);
    await refused(signInWithPasskey, visitorHere(), input, refusal);
    const tries = [
      key.show(await ask(), "https://evil.test"),
      key.show({ ...(await ask()), rpId: "evil.test" }, origin),
      key.show(await ask(), origin, present),
      key.show({ ...(await ask()), challenge: "bWFkZSB1cA" }, origin),
    ];
    for (const response of tries) await refused(signInWithPasskey, visitorHere(), { response }, refusal);
    const late = key.show(await ask(), origin);
    passTime(300);
    await refused(signInWithPasskey, visitorHere(), { response: late }, refusal);
  });

  test("O08: unknown, removed, of an inactive or deleted account: refused alike", async () => {
    const [idle, gone, without] = [await user(), await user(), await user()];
    const keys = [await register(idle), await register(gone), await register(without)].map(({ key }) => key);
    await database().user.update({ where: { id: idle.id }, data: { active: false } });
    await database().user.delete({ where: { id: gone.id } });
    const { id } = await database().passkey.findFirstOrThrow({ where: { userId: without.id } });
    await runCommand(removePasskey, await here(without), { id });
    const unknown = softPasskey();
    const messages = new Set<string>();
    for (const key of [...keys, unknown]) {
      const response = key.show(await ask(), origin);
      messages.add((await refused(signInWithPasskey, visitorHere(), { response }, refusal)).message);
    }
    expect(messages.size).toBe(1);
  });

  test("a counter that went back is a copy: refused, and the passkey's own goes on", async () => {
    const { key } = await register(await user());
    await alone(key.show(await ask(), origin));
    await alone(key.show(await ask(), origin));
    key.counter = 0;
    for (let turn = 0; turn < 2; turn++) {
      const response = key.show(await ask(), origin);
      await refused(signInWithPasskey, visitorHere(), { response }, refusal);
    }
    await alone(key.show(await ask(), origin));
  });

  test("a signature of another key under its name is refused", async () => {
    const { key } = await register(await user());
    const forged = JSON.parse(softPasskey().show(await ask(), origin));
    const response = JSON.stringify({ ...forged, id: key.id, rawId: key.id });
    await refused(signInWithPasskey, visitorHere(), { response }, refusal);
  });

  test("of fifty at once with the same answer one gets a session", async () => {
    const { key } = await register(await user());
    const response = key.show(await ask(), origin);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => alone(response)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

test("one's own passkeys alone are removed", async () => {
  const [jane, eve] = [await user(), await user()];
  await register(jane);
  const { id } = await database().passkey.findFirstOrThrow({ where: { userId: jane.id } });
  await refused(removePasskey, await here(eve), { id }, { code: "not_found", reason: "no_passkey" });
  await runCommand(removePasskey, await here(jane), { id });
  expect(await lastEvent()).toMatchObject({ action: "remove passkey", before: { passkey: "Laptop" } });
});
