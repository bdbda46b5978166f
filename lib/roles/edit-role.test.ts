import { beforeAll, describe, expect, test } from "vitest";
import { check } from "#lib/access/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { roleIn, variant } from "#test/catalogue.ts";
import { onAnotherInstance, openInstallation } from "#test/installation.ts";
import { callAs, callWith, customRole, person, signedIn, visitor } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { editRole } from "./edit-role.ts";

const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const roleOf = (key: string) =>
  database().role.findUniqueOrThrow({ where: { key }, include: { grants: true } });
const grantsOf = async (key: string) =>
  (await roleOf(key)).grants.map(({ permissionKey }) => permissionKey).sort();
const versionOf = async (role: string) => (await roleOf(role)).version;
const decides = ({ actor, at }: Call, permission: string) =>
  actor.kind === "user" ? check(actor.access.policy, actor.subject, permission, at.getTime()) : "nobody";
let count = 0;
const newRole = (...grants: string[]) => customRole(`role_${++count}`, grants);

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());

  test("permissions are given and taken; the trail has before, after and the difference", async () => {
    const role = await newRole("can_view_hosts", "can_view_reports");
    const call = await asAdmin();
    const result = await runCommand(editRole, call, {
      role,
      version: "1",
      add: ["can_manage_hosts", "can_view_reports", "can_manage_hosts"],
      remove: ["can_view_hosts", "can_export_data"],
    });
    expect(result).toMatchObject({ key: role, version: 2, added: 1, removed: 1, limited: 0 });
    expect(await grantsOf(role)).toEqual(["can_manage_hosts", "can_view_reports"]);
    const event = await lastEvent();
    expect(event).toMatchObject({
      action: "edit role",
      outcome: "done",
      targetKind: "role",
      targetName: role,
    });
    expect(event.before).toEqual({ grants: ["can_view_hosts", "can_view_reports"] });
    expect(event.after).toEqual({
      grants: ["can_manage_hosts", "can_view_reports"],
      added: ["can_manage_hosts"],
      removed: ["can_view_hosts"],
    });
  });

  test("P19, T19: a saved change holds on the very next request of a signed-in holder, with no new sign-in", async () => {
    const role = await newRole("can_view_hosts");
    const token = await signedIn(await person({ roles: [role] }));
    expect(decides(await callWith(token), "can_manage_docker")).toBe("deny");
    await runCommand(editRole, await asAdmin(), { role, version: 1, add: ["can_manage_docker"] });
    expect(decides(await callWith(token), "can_manage_docker")).toBe("allow");
    await runCommand(editRole, await asAdmin(), { role, version: 2, remove: ["can_manage_docker"] });
    expect(decides(await callWith(token), "can_manage_docker")).toBe("deny");
  });

  test("P44: what another instance saved is read from the database at the next request", async () => {
    const token = await signedIn(await person({ roles: ["readonly"] }));
    expect(decides(await callWith(token), "can_export_data")).toBe("deny");
    await onAnotherInstance(async () => {
      await runCommand(editRole, await asAdmin(), { role: "readonly", version: 1, add: ["can_export_data"] });
    });
    expect(decides(await callWith(token), "can_export_data")).toBe("allow");
  });

  test.each(["superadmin", "admin", "user"])("P04: %s is locked", async (role) => {
    const version = await versionOf(role);
    const superadmin = await callAs(await person({ roles: ["superadmin"] }));
    await refused(
      editRole,
      superadmin,
      { role, version, remove: ["can_view_hosts"] },
      {
        code: "conflict",
        reason: "locked_role",
        message: /^Cannot modify built-in role permissions/,
      },
    );
  });

  test.each(["host_manager", "readonly"])("P05: %s is built in and still edited", async (role) => {
    const input = { role, version: await versionOf(role), add: ["can_view_users"] };
    await runCommand(editRole, await asAdmin(), input);
    expect(await grantsOf(role)).toContain("can_view_users");
    expect(await roleOf(role)).toMatchObject({ builtIn: true, edited: true });
  });

  test("nobody adds what they do not hold; taking away is no escalation", async () => {
    const beyond = {
      code: "forbidden",
      reason: "escalation",
      fields: { add: [expect.any(String)] },
    } as const;
    const role = await newRole("can_manage_settings", "can_view_hosts");
    const keeper = await callAs(await person({ roles: [role] }));
    await refused(editRole, keeper, { role, version: 1, add: ["can_view_users"] }, beyond);
    const other = await newRole("can_manage_superusers", "can_view_hosts");
    await refused(editRole, await asAdmin(), { role, version: 1, add: ["can_manage_superusers"] }, beyond);
    await runCommand(editRole, keeper, { role: other, version: 1, remove: ["can_manage_superusers"] });
  });

  test("unknown permissions and roles are refused", async () => {
    const role = await newRole();
    const unknown = {
      code: "invalid",
      reason: "unknown_permission",
      fields: { add: [expect.any(String)] },
    } as const;
    await refused(editRole, await asAdmin(), { role, version: 1, add: ["can_fly"] }, unknown);
    const gone = { code: "not_found", reason: "role_not_found" } as const;
    await refused(editRole, await asAdmin(), { role: "long_gone", version: 1 }, gone);
  });

  describe("two administrators on one role", () => {
    test("the second is told who changed what, and saves their own on top", async () => {
      const role = await newRole("can_view_hosts");
      const first = await person({ roles: ["admin"], username: "quick" });
      const saved = await callAs(first);
      await runCommand(editRole, saved, {
        role,
        version: 1,
        add: ["can_view_users"],
        remove: ["can_view_hosts"],
      });
      const mine = { role, version: 1, add: ["can_export_data"] };
      const { details } = await refused(editRole, await asAdmin(), mine, {
        code: "conflict",
        reason: "edit_conflict",
        message: /\bquick\b.*\brole_\d+/,
      });
      expect(details).toEqual({
        version: 2,
        grants: ["can_view_users"],
        by: "quick",
        at: saved.at.toISOString(),
      });
      await runCommand(editRole, await asAdmin(), { ...mine, version: details.version });
      expect(await grantsOf(role)).toEqual(["can_export_data", "can_view_users"]);
    });

    test("saving at the same instant: one is done, the other is told, neither is lost", async () => {
      for (let round = 0; round < 10; round++) {
        const role = await newRole();
        const [one, other] = [await asAdmin(), await asAdmin()];
        const results = await Promise.allSettled([
          runCommand(editRole, one, { role, version: 1, add: ["can_view_hosts"] }),
          runCommand(editRole, other, { role, version: 1, add: ["can_view_users"] }),
        ]);
        const reasons = results.flatMap((result) =>
          result.status === "rejected" ? [result.reason.reason] : [],
        );
        expect(reasons).toEqual(["edit_conflict"]);
        const kept = results[0]?.status === "fulfilled" ? "can_view_hosts" : "can_view_users";
        expect(await grantsOf(role)).toEqual([kept]);
      }
    });
  });

  test("whoever may not manage roles is refused before anything is looked at", async () => {
    const call = await callAs(await person({ roles: ["host_manager"] }));
    await refused(editRole, call, { role: 7 }, { code: "forbidden", reason: "missing_capability" });
    await refused(editRole, visitor(), {}, { code: "unauthenticated", reason: "sign_in_required" });
  });
});

describe("with a catalogue in which an edit could lock everybody out", () => {
  beforeAll(async () =>
    openInstallation(
      await variant("uptrakit", (catalogue) => {
        for (const key of ["settings_manager", "operator"]) roleIn(catalogue, key).locked = false;
      }),
    ),
  );

  test("U11: the last role that gives manage_users to anybody keeps it", async () => {
    const call = await callAs(await person({ roles: ["settings_manager"] }));
    const take = async () => ({
      role: "settings_manager",
      version: await versionOf("settings_manager"),
      remove: ["manage_users"],
    });
    await refused(editRole, call, await take(), {
      code: "conflict",
      reason: "last_holder",
      message: /^Cannot remove manage_users permission from the last user who has it/,
    });
    await runCommand(editRole, call, {
      role: "operator",
      version: 1,
      add: ["manage_users"],
      confirmed: ["manage_users"],
    });
    await refused(editRole, call, await take(), { code: "conflict", reason: "last_holder" });
    await person({ roles: ["operator"] });
    await runCommand(editRole, call, await take());
    expect(await grantsOf("settings_manager")).not.toContain("manage_users");
  });
});
