import { beforeAll, describe, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, customRole, person, visitor } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { roleChoices } from "./role-choices.ts";
import { viewMatrix } from "./view-matrix.ts";

const callOf = async (...roles: string[]) => callAs(await person({ roles }));
const matrix = (call: Call) => runQuery(viewMatrix, call, {});
const columnOf = async (call: Call, key: string) => {
  const column = (await matrix(call)).roles.find((role) => role.key === key);
  if (!column) throw new Error(`The matrix has no column ${key}.`);
  return column;
};
const permissionIn = async (call: Call, key: string) =>
  (await matrix(call)).groups.flatMap(({ permissions }) => permissions).find((row) => row.key === key);

describe("with the PatchMon catalogue", () => {
  beforeAll(() => openInstallation());

  test("P08, P10: the rows are the 20 permissions under their risk groups", async () => {
    const { groups } = await matrix(await callOf("admin"));
    expect(groups.map(({ label, risk, permissions }) => [label, risk, permissions.length])).toEqual([
      ["Monitoring & Visibility", "low", 5],
      ["Host & Infrastructure", "medium", 3],
      ["Operations", "medium-high", 5],
      ["Administration", "high", 7],
    ]);
  });

  test("P09: can_manage_billing is a row that has no effect while billing is off", async () => {
    const call = await callOf("superadmin");
    expect(await permissionIn(call, "can_manage_billing")).toMatchObject({
      withoutEffect: expect.stringContaining("Billing"),
    });
    expect(await permissionIn(call, "can_manage_hosts")).not.toHaveProperty("withoutEffect");
  });

  test("P11: each column counts the permissions held of the total, and the people who hold it", async () => {
    await person({ roles: ["readonly"] });
    await person({ roles: ["readonly"], active: false });
    const { roles } = await matrix(await callOf("superadmin"));
    const counts = roles
      .filter(({ builtIn }) => builtIn)
      .map(({ key, held, total }) => [key, `${held}/${total}`]);
    expect(counts).toEqual([
      ["superadmin", "20/20"],
      ["admin", "19/20"],
      ["host_manager", "13/20"],
      ["user", "6/20"],
      ["readonly", "5/20"],
    ]);
    expect(roles.find(({ key }) => key === "readonly")?.people).toBe(2);
  });

  test("P04, P05: superadmin, admin and user say why they are locked; the others are open", async () => {
    const { roles } = await matrix(await callOf("superadmin"));
    const locked = { allowed: false, why: expect.stringMatching(/^Cannot modify built-in role permissions/) };
    const open = { allowed: true };
    expect(
      Object.fromEntries(roles.filter(({ builtIn }) => builtIn).map(({ key, edit }) => [key, edit])),
    ).toEqual({
      superadmin: locked,
      admin: locked,
      user: locked,
      host_manager: open,
      readonly: open,
    });
  });

  test("what a superuser role holds is marked as always; what a role is given, as its own", async () => {
    const call = await callOf("superadmin");
    expect((await columnOf(call, "admin")).cells.can_view_hosts).toEqual({ by: "always" });
    expect((await columnOf(call, "admin")).cells).not.toHaveProperty("can_manage_superusers");
    expect((await columnOf(call, "readonly")).cells.can_view_hosts).toEqual({ by: "own" });
  });

  test("what the actor may not give is marked, in the words of the rule", async () => {
    const admin = await callOf("admin");
    expect(await permissionIn(admin, "can_manage_superusers")).toMatchObject({
      dangerous: true,
      grantable: false,
      grantWhy: expect.stringContaining("can_manage_superusers"),
    });
    expect(await permissionIn(admin, "can_view_hosts")).toMatchObject({ grantable: true });
    expect(await permissionIn(await callOf("superadmin"), "can_manage_superusers")).toMatchObject({
      grantable: true,
    });
  });

  test("custom roles come after the built-in ones, by name", async () => {
    for (const key of ["zebra", "alpaca"]) await customRole(key, []);
    const { roles } = await matrix(await callOf("admin"));
    expect(roles.map(({ key }) => key).slice(5)).toEqual(["alpaca", "zebra"]);
    expect(roles.at(-1)).toMatchObject({
      builtIn: false,
      rank: 30,
      edit: { allowed: true },
      remove: { allowed: true },
    });
  });

  test("P10: without the permission for settings there is no matrix", async () => {
    expect(await failure(matrix(await callOf("host_manager")))).toMatchObject({ code: "forbidden" });
    expect(await failure(matrix(visitor()))).toMatchObject({ code: "unauthenticated" });
  });

  test("choices of roles keep what is out of reach, with the reason that the server would give", async () => {
    const whys = async (call: Call) =>
      Object.fromEntries((await runQuery(roleChoices, call, {})).map(({ key, why }) => [key, why]));
    const guarded = expect.stringMatching(
      /^You do not have permission to assign the role: \w+\. It is guarded/,
    );
    expect(await whys(await callOf("admin"))).toMatchObject({
      superadmin: guarded,
      admin: guarded,
      user: undefined,
    });
    const none = await whys(await callOf("superadmin"));
    expect(Object.values(none)).toEqual(Object.keys(none).map(() => undefined));
    expect(await failure(runQuery(roleChoices, await callOf("user"), {}))).toMatchObject({
      code: "forbidden",
    });
  });
});

describe("with the UTMStack catalogue", () => {
  beforeAll(() => openInstallation("utmstack"));

  test("inherited and limited cells are told apart from own ones", async () => {
    const call = await callOf("ADMINISTRATOR");
    const { cells } = await columnOf(call, "SECURITY_ANALYST");
    expect(cells.manage_alerts).toEqual({ by: "own" });
    expect(cells.modify_data).toEqual({ by: "own", limits: [expect.any(String)] });
    const viewer = await columnOf(call, "VIEWER");
    expect(viewer.cells.view_events).toEqual({ by: "own", limits: [expect.any(String), expect.any(String)] });
    const heir = await customRole("watcher", []);
    expect((await columnOf(call, heir)).cells).toEqual({});
  });
});

describe("with the Rudder catalogue", () => {
  beforeAll(() => openInstallation("rudder"));

  test("what comes with another permission says with which", async () => {
    await customRole("deploys", ["rule_write"]);
    const { cells, held } = await columnOf(await callOf("administrator"), "deploys");
    expect(cells.rule_write).toEqual({ by: "own" });
    expect(cells.rule_read).toMatchObject({ by: "implied", from: [expect.stringMatching(/write/i)] });
    expect(held).toBe(Object.keys(cells).length);
  });
});
