import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { getRegistration, saveRegistration } from "#lib/settings/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { openInstallation } from "#test/installation.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, customRole, nextInstant, person, rolesOf, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { registrationOpen } from "./registration-open.ts";
import { signUp } from "./sign-up.ts";

const secret = "seven green bottles of ink";
let count = 0;
const newcomer = (change: object = {}) => {
  const username = `newcomer${++count}`;
  return { username, email: `${username}@example.com`, password: secret, ...change };
};
/** Each from an address of their own: sign-up is counted by address. */
const guest = () => visitor(`198.51.100.${count}`);
const turn = async (enabled: boolean, role = "user") =>
  runCommand(saveRegistration, await callAs(await person({ roles: ["superadmin"] })), { enabled, role });
const store = (value: object) =>
  database().setting.upsert({
    where: { key: "registration" },
    create: { key: "registration", value, updatedAt: nextInstant() },
    update: { value },
  });
const off = {
  code: "forbidden",
  reason: "sign_up_off",
  message: /^User signup is currently disabled/,
} as const;

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());
  beforeEach(() => turn(true));

  test("P27: with self-registration off the server refuses; only a yes or no is told of the settings", async () => {
    await database().setting.deleteMany();
    expect(await runQuery(registrationOpen, guest(), {})).toBe(false);
    await refused(signUp, guest(), newcomer(), off);
    await turn(true);
    expect(await runQuery(registrationOpen, guest(), {})).toBe(true);
    await runCommand(signUp, guest(), newcomer());
    await turn(false);
    expect(await runQuery(registrationOpen, guest(), {})).toBe(false);
    await refused(signUp, guest(), newcomer(), off);
  });

  test("a sign-up that waits while it is being turned off is refused", async () => {
    const call = await callAs(await person({ roles: ["admin"] }));
    const context = { call, actor: call.actor, at: call.at.getTime() };
    const input = newcomer();
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        return saveRegistration.run({ ...context, tx }, { enabled: false, role: "user", confirmed: [] });
      },
      () => runCommand(signUp, guest(), input),
    );
    expect(second).toMatchObject({ status: "rejected", reason: { reason: "sign_up_off" } });
    expect(await database().user.count({ where: { username: input.username } })).toBe(0);
  });

  test("P28: a self-registered account gets the default role, whatever role was sent", async () => {
    await turn(true, "readonly");
    const sent = newcomer({ role: "superadmin", roles: ["superadmin"], active: false, source: "local" });
    const { id } = await runCommand(signUp, guest(), sent);
    expect(await rolesOf({ id })).toEqual(["readonly"]);
    const [assignment] = await database().assignment.findMany({ where: { userId: id } });
    expect(assignment).toMatchObject({ source: "sign-up", givenBy: null, startsAt: null, endsAt: null });
  });

  test("whoever signed up can sign in; the trail has the account and no secret", async () => {
    const input = newcomer({ givenName: "New", familyName: "Comer" });
    const { id } = await runCommand(signUp, guest(), input);
    const event = await lastEvent();
    const { password: _, ...shown } = input;
    expect(event).toMatchObject({ action: "sign up", outcome: "done", actorKind: "anonymous", targetId: id });
    expect(event).toMatchObject({ before: null, after: { ...shown, roles: ["user"], active: true } });
    expect(JSON.stringify(event)).not.toMatch(/argon2|seven green/);
    await expect(
      runCommand(signIn, guest(), { identifier: input.email, password: secret }),
    ).resolves.toBeDefined();
  });

  test("a person who is signed in already may make another account: their own rights are beside the point", async () => {
    const role = await customRole("nearly_nothing", ["can_view_hosts"]);
    const call = await callAs(await person({ roles: [role] }));
    const { id } = await runCommand(signUp, call, newcomer());
    expect(await rolesOf({ id })).toEqual(["user"]);
  });

  test("a taken name is told beside the field, whatever its case", async () => {
    const { username, email } = await person({ roles: ["user"], username: "Taken.Name" });
    const taken = { code: "conflict", reason: "taken" } as const;
    const sameName = newcomer({ username: username.toLowerCase() });
    expect(Object.keys((await refused(signUp, guest(), sameName, taken)).fields)).toEqual(["username"]);
    const sameAddress = newcomer({ email: email.toUpperCase() });
    expect(Object.keys((await refused(signUp, guest(), sameAddress, taken)).fields)).toEqual(["email"]);
  });

  test("eight people want one username at once: one gets it", async () => {
    const { username } = newcomer();
    const tries = Array.from({ length: 8 }, () => {
      const input = newcomer({ username });
      return runCommand(signUp, guest(), input);
    });
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.reason] : []));
    expect(reasons).toEqual(Array(7).fill("taken"));
  });

  test("weak passwords and wrong fields are refused as everywhere", async () => {
    const weak = await failure(runCommand(signUp, guest(), newcomer({ password: "too short" })));
    expect(weak).toMatchObject({ reason: "weak_password", fields: { password: [expect.any(String)] } });
    const wrong = await failure(runCommand(signUp, guest(), {}));
    expect(Object.keys(wrong.fields).sort()).toEqual(["email", "password", "username"]);
  });

  test("one address makes 20 accounts an hour at most", async () => {
    const busy = () => visitor("203.0.113.1");
    const reasons = new Set();
    for (let made = 0; made < 20; made++)
      reasons.add((await failure(runCommand(signUp, busy(), newcomer({ password: "weak" })))).reason);
    expect([...reasons]).toEqual(["weak_password"]);
    const limit = {
      code: "rate_limited",
      reason: "too_many_attempts",
    } as const;
    await refused(signUp, busy(), newcomer(), limit);
    await runCommand(signUp, guest(), newcomer());
  });

  test("with a default role that is gone nobody gets in with another", async () => {
    await store({ enabled: true, role: "long_gone" });
    expect(await failure(runCommand(signUp, guest(), newcomer()))).toMatchObject({
      reason: "role_not_found",
    });
  });

  test("settings that make no sense count as off", async () => {
    await store({ enabled: "yes", role: ["superadmin"] });
    await refused(signUp, guest(), newcomer(), off);
  });
});

describe("with the Uptrakit catalogue", () => {
  beforeAll(() => openInstallation("uptrakit"));

  test("U04: a later user gets viewer and nothing else", async () => {
    const owner = await callAs(await person({ roles: ["viewer", "settings_manager"] }));
    const { role } = await runQuery(getRegistration, owner, {});
    await runCommand(saveRegistration, owner, { enabled: true, role });
    const { id } = await runCommand(signUp, guest(), newcomer({ roles: ["command_manager"] }));
    expect(await rolesOf({ id })).toEqual(["viewer"]);
  });
});

describe("with the Ops Atlas catalogue", () => {
  beforeAll(() => openInstallation("ops-atlas"));

  test("O01: VIEWER is the default for new users", async () => {
    const admin = await callAs(await person({ roles: ["ADMIN"] }));
    const { role } = await runQuery(getRegistration, admin, {});
    await runCommand(saveRegistration, admin, { enabled: true, role });
    const { id } = await runCommand(signUp, guest(), newcomer());
    expect(await rolesOf({ id })).toEqual(["VIEWER"]);
  });
});
