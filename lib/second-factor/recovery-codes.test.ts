import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { enrolTotp } from "#test/factors.ts";
import { openInstallation, pointAt } from "#test/installation.ts";
import { callAs, person } from "#test/people.ts";
import { lastEvent } from "#test/trail.ts";
import { newRecoveryCode, spendRecoveryCode } from "./recovery-codes.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";

beforeAll(() => openInstallation());

const spend = (id: string, code: string) => database().$transaction((tx) => spendRecoveryCode(tx, id, code));
const enrolled = async () => {
  const who = await person({ roles: ["user"] });
  return { who, ...(await enrolTotp(who)) };
};

test("a code is 24 characters that cannot be misread, and never the same", () => {
  const codes = Array.from({ length: 1000 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(1000);
  for (const code of codes) expect(code).toMatch(/^([0-9a-z]{6}-){3}[0-9a-z]{6}$/);
  expect(codes.join()).not.toMatch(/[ilou]/);
});

test("each works once, however it is typed, after a restart too", async () => {
  const { who, codes } = await enrolled();
  const [first = "", second = "", third = ""] = codes;
  expect(await spend(who.id, first)).toBe(true);
  expect(await spend(who.id, first)).toBe(false);
  await database().$disconnect();
  pointAt();
  expect(await spend(who.id, first)).toBe(false);
  expect(await spend(who.id, ` ${second.toUpperCase().replaceAll("-", " ")} `)).toBe(true);
  expect(await spend(who.id, third.replaceAll("-", "").replaceAll("0", "O").replaceAll("1", "l"))).toBe(true);
  expect(await database().recoveryCode.count({ where: { userId: who.id } })).toBe(7);
});

test("only for its owner, and only whole", async () => {
  const [jane, eve] = [await enrolled(), await enrolled()];
  const [code = ""] = jane.codes;
  expect(await spend(eve.who.id, code)).toBe(false);
  for (const part of ["", "-", code.slice(1), code.slice(0, -1), `${code}0`, "%", "_".repeat(24)])
    expect(await spend(jane.who.id, part)).toBe(false);
  expect(await spend(jane.who.id, code)).toBe(true);
});

test("of a hundred at once with the same code one gets through", async () => {
  const { who, codes } = await enrolled();
  const tries = Array.from({ length: 100 }, () => spend(who.id, codes[0] ?? ""));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
});

test("new codes put an end to the old ones; the trail says how many, never which", async () => {
  const { who, codes: old } = await enrolled();
  await spend(who.id, old[0] ?? "");
  const { codes } = await runCommand(renewRecoveryCodes, await callAs(who), {});
  const event = await lastEvent();
  expect(event).toMatchObject({
    action: "renew recovery codes",
    before: { recoveryCodes: 9 },
    after: { recoveryCodes: 10 },
  });
  for (const code of codes) expect(JSON.stringify(event)).not.toContain(code);
  for (const code of old) expect(await spend(who.id, code)).toBe(false);
  expect(await spend(who.id, codes[0] ?? "")).toBe(true);
});
