import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isProven } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { saveSecurity } from "#lib/settings/index.ts";
import { securitySchema } from "#lib/settings/schema.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, person, signedIn } from "#test/people.ts";
import { loadActor } from "./index.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().setting.deleteMany());

const minute = 60_000;
const hour = 60 * minute;
const nobody = { kind: "anonymous" };
const later = (date: Date, milliseconds: number) => new Date(date.getTime() + milliseconds);

async function newSession() {
  const user = await person({ roles: ["user"] });
  const token = await signedIn(user);
  const { createdAt } = await database().session.findFirstOrThrow({ where: { userId: user.id } });
  return { user, token, createdAt };
}

/** As somebody does it who may: through the settings page's own operation. */
async function set(changes: object) {
  const call = await callAs(await person({ roles: ["superadmin"] }));
  await runCommand(saveSecurity, call, { ...securitySchema.parse({}), ...changes });
}

const busyUntil = (userId: string, lastUsedAt: Date) =>
  database().session.updateMany({ where: { userId }, data: { lastUsedAt } });

describe("a session that nobody uses", () => {
  test("opens nothing from the last millisecond of its time on, by default after a day", async () => {
    const { user, token, createdAt } = await newSession();
    expect(await loadActor(token, later(createdAt, 24 * hour))).toEqual(nobody);
    expect(await loadActor(token, later(createdAt, 24 * hour - 1))).toMatchObject({ id: user.id });
  });

  test("runs out by the limit that holds now, on every instance, though it began under another", async () => {
    const { user, token, createdAt } = await newSession();
    await set({ idleMinutes: 30 });
    const over = later(createdAt, 30 * minute);
    expect(await loadActor(token, over)).toEqual(nobody);
    expect(await onAnotherInstance(() => loadActor(token, over))).toEqual(nobody);
    expect(await loadActor(token, later(over, -1))).toMatchObject({ id: user.id });
  });
});

describe("a session in constant use", () => {
  test("ends when its absolute time is over, by default after a week", async () => {
    const { user, token, createdAt } = await newSession();
    const end = later(createdAt, 7 * 24 * hour);
    await busyUntil(user.id, later(end, -1));
    expect(await loadActor(token, later(end, -1))).toMatchObject({ id: user.id });
    expect(await loadActor(token, end)).toEqual(nobody);
  });

  test("ends earlier when the limit was shortened since, and not later when it was lengthened", async () => {
    const { user, token, createdAt } = await newSession();
    await set({ absoluteHours: 2 });
    await busyUntil(user.id, later(createdAt, 2 * hour - 1));
    expect(await loadActor(token, later(createdAt, 2 * hour))).toEqual(nobody);
    expect(await loadActor(token, later(createdAt, 2 * hour - 1))).toMatchObject({ id: user.id });

    await set({ absoluteHours: 720 });
    const end = later(createdAt, 7 * 24 * hour);
    await busyUntil(user.id, later(end, -1));
    expect(await loadActor(token, later(end, -1))).toMatchObject({ id: user.id });
    expect(await loadActor(token, end)).toEqual(nobody);
  });
});

test("how long a proof of identity is enough follows the setting at once, too", async () => {
  const { token, createdAt } = await newSession();
  const provenFor = async (minutes: number) => {
    const at = later(createdAt, minutes * minute);
    return isProven(await loadActor(token, at), at.getTime());
  };
  expect([await provenFor(30), await provenFor(30 + 1 / minute)]).toEqual([true, false]);
  await set({ reauthMinutes: 5 });
  expect([await provenFor(5), await provenFor(6)]).toEqual([true, false]);
  await set({ reauthMinutes: 0 });
  expect(await provenFor(600)).toBe(true);
});
