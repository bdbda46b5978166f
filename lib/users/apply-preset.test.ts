import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, type Person, person, rolesOf } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { applyPreset, previewPreset } from "./index.ts";

let jane: Person;
beforeEach(async () => {
  await openInstallation("uptrakit");
  jane = await person({ roles: ["viewer", "operator"] });
});
const call = async () => callAs(await person({ roles: ["settings_manager"] }));
const every = [
  "command_manager",
  "host_manager",
  "operator",
  "service_manager",
  "settings_manager",
  "software_manager",
  "system_administrator",
  "viewer",
];
const dangerous = ["command_manager", "settings_manager", "system_administrator"];
const invalid = (reason: string, field: string) =>
  ({ code: "invalid", reason, fields: { [field]: [expect.any(String)] } }) as const;
const conflict = (reason: string) => ({ code: "conflict", reason }) as const;

test.each([
  ["read_only", ["viewer"]],
  ["operator", ["operator", "viewer"]],
  ["manager", ["host_manager", "service_manager", "software_manager", "viewer"]],
  ["administrator", every.filter((role) => role !== "operator" && role !== "system_administrator")],
  ["owner", every],
])("U05: the preset %s sets its roles in one operation, as its preview says", async (preset, roles) => {
  const preview = await runQuery(previewPreset, await call(), { id: jane.id, preset });
  const keys = (list: { key: string }[]) => list.map(({ key }) => key);
  expect([...keys(preview.added), ...keys(preview.kept)].sort()).toEqual(roles);
  expect(keys(preview.removed)).toEqual(roles.includes("operator") ? [] : ["operator"]);
  await runCommand(applyPreset, await call(), { id: jane.id, preset, confirmed: dangerous });
  expect(await rolesOf(jane)).toEqual(roles);
  expect(await lastEvent()).toMatchObject({
    action: "apply access preset",
    targetName: jane.username,
    before: { roles: ["viewer", "operator"] },
    after: { preset },
  });
});

test("U14: the preview names dangerous permissions, and applying asks to confirm their roles", async () => {
  const preview = await runQuery(previewPreset, await call(), { id: jane.id, preset: "owner" });
  expect(preview.dangerous.sort()).toEqual(["Manage commands", "Manage global settings", "Manage users"]);
  expect(preview.lost).toEqual([]);
  const risky = preview.added.filter(({ danger }) => danger).map(({ key }) => key);
  expect(risky.sort()).toEqual(dangerous);
  const input = { id: jane.id, preset: "owner" };
  await refused(applyPreset, await call(), input, invalid("confirmation_required", "confirmed"));
  await refused(
    applyPreset,
    await call(),
    { ...input, preset: "king" },
    invalid("preset_not_found", "preset"),
  );
});

test("not for oneself, nor so that nobody is left to manage users", async () => {
  await database().user.deleteMany();
  const owner = await person({ roles: ["settings_manager"] });
  const own = { id: owner.id, preset: "read_only" };
  await refused(applyPreset, await callAs(owner), own, conflict("own_role"));
  const helper = await person({ roles: ["settings_manager"] });
  const endsAt = new Date("2027-01-01");
  await database().assignment.updateMany({ where: { userId: helper.id }, data: { endsAt } });
  await refused(applyPreset, await callAs(helper), own, conflict("last_holder"));
});
