import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeOwnPassword, redeemResetLink } from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { saveRegistration, saveSecurity } from "#lib/settings/index.ts";
import { issueSetupToken, setUp } from "#lib/setup/index.ts";
import { signUp } from "#lib/sign-up/index.ts";
import { createUser, resetPassword } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, nextInstant, person, password as present, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { issueResetLink, passwordRules } from "./index.ts";

const rules = {
  passwordMinimum: 15,
  requireUppercase: false,
  requireLowercase: false,
  requireDigit: false,
  requireSymbol: false,
};
const security = { ...rules, passwordHistory: 5, idleMinutes: 1440, absoluteHours: 168, reauthMinutes: 30 };
const save = async (change: object) =>
  runCommand(saveSecurity, await callAs(await person({ roles: ["superadmin"] })), { ...security, ...change });

let count = 0;
const newcomer = () => {
  const username = `newcomer.${++count}`;
  return { username, email: `${username}@example.com`, givenName: "Ottilie", familyName: "Quillfeather" };
};
const guest = () => visitor(`203.0.113.${count}`);

/** Every way in which a password is set; each answers what became of it. */
const ways: Record<string, (password: string) => Promise<unknown>> = {
  "Add user": async (password) =>
    runCommand(createUser, await callAs(await person({ roles: ["admin"] })), {
      ...newcomer(),
      password,
      roles: ["user"],
    }),
  "sign-up": async (password) => {
    const call = await callAs(await person({ roles: ["superadmin"] }));
    await runCommand(saveRegistration, call, { enabled: true, role: "user" });
    return runCommand(signUp, guest(), { ...newcomer(), password });
  },
  "reset by an administrator": async (password) => {
    const { id } = await person({ ...newcomer(), roles: ["user"] });
    return runCommand(resetPassword, await callAs(await person({ roles: ["admin"] })), { id, password });
  },
  "reset by link": async (password) => {
    const { id } = await person({ ...newcomer(), roles: ["user"] });
    const token = await database().$transaction((tx) => issueResetLink(tx, id, nextInstant()));
    return runCommand(redeemResetLink, guest(), { token, password });
  },
  "own change": async (password) => {
    const call = await callAs(await person({ ...newcomer(), roles: ["user"] }));
    return runCommand(changeOwnPassword, call, { currentPassword: present, password });
  },
  "set-up": async (password) => {
    const close = await openInstallation();
    const value = (await settings()) ?? {};
    await database().setting.createMany({ data: [{ key: "security", value, updatedAt: nextInstant() }] });
    try {
      const token = await issueSetupToken(nextInstant());
      return await runCommand(setUp, visitor(), { ...newcomer(), password, token });
    } finally {
      await close();
      await openInstallation();
    }
  },
};
let stored: object | undefined;
const settings = async () => stored;

beforeAll(() => openInstallation());

describe.each(Object.entries(ways))("P55: the policy holds at %s", (name, set) => {
  /** Which rules it breaks, and what the words name: a number or a word. */
  const told = async (password: string) => {
    const error = await failure(set(password));
    expect(error).toMatchObject({ code: "invalid", reason: "weak_password" });
    expect(error.fields.password).toEqual([expect.any(String)]);
    return [...(error.rules.password ?? []), error.fields.password?.[0]?.match(/\d+|".+"/)?.[0]];
  };
  const policy = async (change: object) => {
    stored = { ...security, ...change };
    if (name !== "set-up") await save(change);
  };
  beforeEach(() => policy({}));

  test("the length that is set, counted in code points after NFKC", async () => {
    await policy({ passwordMinimum: 20 });
    expect(await told("four brown owls san")).toEqual(["too_small", "20"]);
    await set("four brown owls sang");
    await policy({ passwordMinimum: 8 });
    expect(await told("xq7vLk9")).toEqual(["too_small", "8"]);
    await set("xq7vLk9z");
    expect(await told("🦉🐝🦊🐢")).toEqual(["too_small", "8"]);
    expect(await told(`${"four brown owls ".repeat(20)}`)).toEqual(["too_big", "256"]);
  });

  test("the classes that are set, and none that is not", async () => {
    await policy({ requireDigit: true, requireUppercase: true });
    expect(await told("four brown owls sang")).toEqual(["no_uppercase_letter", "no_digit", undefined]);
    await set("Four brown owls sang 7 songs");
  });

  test("no common password, no pattern, nothing that others know", async () => {
    await policy({ passwordMinimum: 8 });
    expect(await told("unbelievable")).toContain("common");
    expect(await told("qwertyuiopasdfghj")).toContain("guessable");
    expect(await told("Bailiwick!")).toEqual(["known_word", '"bailiwick"']);
    expect(await told("PatchMon PatchMon")).toEqual(["known_word", '"patchmon"']);
    expect(await told("quillfeather1")).toEqual(["known_word", '"quillfeather"']);
  });
});

test("forms are told the rules, and nothing else of the settings", async () => {
  await save({ passwordMinimum: 20, requireSymbol: true, secondFactorRoles: ["admin"] });
  const told = await runQuery(passwordRules, visitor(), {});
  const product = ["bailiwick", "PatchMon"];
  expect(told).toEqual({ ...rules, passwordMinimum: 20, requireSymbol: true, product });
});

test("the policy is changed by whoever may manage settings, within its bounds, with a row in the trail", async () => {
  await save({ passwordMinimum: 21, secondFactorRoles: [] });
  expect(await lastEvent()).toMatchObject({
    action: "save security settings",
    targetName: "Security",
    after: { passwordMinimum: 21 },
  });
  const missing = { code: "forbidden", reason: "missing_capability" } as const;
  await refused(saveSecurity, await callAs(await person({ roles: ["host_manager"] })), security, missing);
  const call = await callAs(await person({ roles: ["superadmin"] }));
  for (const change of [{ passwordMinimum: 7 }, { passwordMinimum: 65 }, { passwordHistory: 25 }])
    await refused(
      saveSecurity,
      call,
      { ...security, ...change },
      { code: "invalid", reason: "invalid_input" },
    );
});
