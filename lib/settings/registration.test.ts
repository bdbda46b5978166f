import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { failure, lastEvent, refused } from "#test/trail.ts";
import { getRegistration, saveRegistration } from "./registration.ts";

beforeAll(() => openInstallation());
beforeEach(() => database().setting.deleteMany());

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));

test("P26: off with the catalogue's role for new users, until somebody saves something else", async () => {
  const call = await asAdmin();
  expect(await runQuery(getRegistration, call, {})).toEqual({ enabled: false, role: "user" });
  const saved = { enabled: true, role: "readonly" };
  expect(await runCommand(saveRegistration, call, saved)).toEqual(saved);
  expect(await runQuery(getRegistration, call, {})).toEqual(saved);
  expect(await lastEvent()).toMatchObject({
    action: "save registration settings",
    outcome: "done",
    actorId: call.actor.kind === "user" && call.actor.id,
    targetKind: "settings",
    targetName: "User Registration Settings",
    before: { enabled: false, role: "user" },
    after: saved,
  });
});

test("fields that make no sense are told beside them", async () => {
  const call = await asAdmin();
  const wrong = await failure(runCommand(saveRegistration, call, { enabled: "on", role: "" }));
  expect(wrong.rules).toEqual({ enabled: ["invalid_type"], role: ["too_small"] });
  const gone = { code: "invalid", reason: "role_not_found", fields: { role: [expect.any(String)] } } as const;
  await refused(saveRegistration, call, { enabled: true, role: "long_gone" }, gone);
});

describe("nobody sets a default role beyond their own reach", () => {
  test("a guarded one", async () => {
    const guarded = {
      code: "forbidden",
      reason: "guarded_role",
      fields: { role: [expect.any(String)] },
    } as const;
    await refused(saveRegistration, await asAdmin(), { enabled: true, role: "admin" }, guarded);
    await refused(saveRegistration, await asAdmin(), { enabled: false, role: "superadmin" }, guarded);
  });

  test("one of higher rank, and one with permissions that they lack", async () => {
    const role = await customRole("settings_only", ["can_manage_settings"]);
    const call = await callAs(await person({ roles: [role] }));
    const above = { code: "forbidden", reason: "rank", fields: { role: [expect.any(String)] } } as const;
    await refused(saveRegistration, call, { enabled: true, role: "host_manager" }, above);
    const more = {
      code: "forbidden",
      reason: "escalation",
      message: /\bcan_view_/,
    } as const;
    await refused(saveRegistration, call, { enabled: true, role: "readonly" }, more);
    expect(await runCommand(saveRegistration, call, { enabled: true, role })).toMatchObject({ role });
  });
});

test("whoever may not manage settings neither sees nor saves them", async () => {
  const call = await callAs(await person({ roles: ["host_manager"] }));
  await refused(saveRegistration, call, { nonsense: 1 }, { code: "forbidden", reason: "missing_capability" });
  await refused(saveRegistration, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
  expect(await failure(runQuery(getRegistration, call, {}))).toMatchObject({ code: "forbidden" });
});
