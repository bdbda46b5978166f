import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shippedCatalogues } from "#lib/catalogue/read-catalogue.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { deleteRole, editRole, viewMatrix } from "#lib/roles/index.ts";
import { roleIn, variant } from "#test/catalogue.ts";
import { createTestDatabase } from "#test/database.ts";
import { openInstallation, pointAt, root } from "#test/installation.ts";
import { callAs, customRole, person, rolesOf } from "#test/people.ts";
import { stops } from "#test/stops.ts";
import { stored } from "#test/stored.ts";
import { refused } from "#test/trail.ts";
import { loadCatalogue } from "./load.ts";

const asSuperadmin = async () => callAs(await person({ roles: ["superadmin"] }));
const events = () =>
  database().auditEvent.findMany({ where: { action: "load catalogue" }, orderBy: { at: "asc" } });
const grantsOf = async (key: string) => {
  const grants = await database().grant.findMany({
    where: { role: { key } },
    orderBy: { permissionKey: "asc" },
  });
  return grants.map(({ permissionKey }) => permissionKey);
};
const everything = async () => [await stored(), await database().auditEvent.count()];
const run = promisify(execFile);
/** As much of a start of the console as loads the catalogue. */
const aStart = `
  import { loadCatalogue } from "#lib/catalogue/load.ts";
  import { database } from "#lib/kernel/database.ts";
  await loadCatalogue("uptrakit", process.cwd());
  await database().$disconnect();
`;

describe.each(shippedCatalogues)("%s", (name) => {
  beforeEach(() => openInstallation(name));

  test("is in the database as its file says, and loading it again writes nothing", async () => {
    const before = await everything();
    const catalogue = await loadCatalogue(name, root);
    expect(await everything()).toEqual(before);
    expect(await database().permission.count()).toBe(catalogue.permissions.length);
    const roles = await database().role.findMany({
      orderBy: { position: "asc" },
      include: { bases: { include: { base: true } } },
    });
    expect(
      roles.map(({ key, rank, bases }) => ({
        key,
        rank,
        inherits: bases.map(({ base }) => base.key).sort(),
      })),
    ).toEqual(
      catalogue.roles.map(({ key, rank, inherits }) => ({ key, rank, inherits: [...inherits].sort() })),
    );
    for (const { key, grants } of catalogue.roles)
      expect(await grantsOf(key)).toEqual(grants.map(({ permission }) => permission).sort());
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      outcome: "done",
      actorKind: "system",
      actorName: "catalogue",
      targetKind: "catalogue",
      targetName: name,
      after: {
        permissions: catalogue.permissions.length,
        roles: catalogue.roles.length,
        retired: [],
        released: [],
      },
    });
  });
});

describe("a catalogue that changed", () => {
  beforeEach(() => openInstallation());

  test("before anybody is set up it is simply loaded", async () => {
    const changed = await variant("patchmon", (catalogue) => {
      roleIn(catalogue, "readonly").description = "Looks.";
    });
    await loadCatalogue(changed, root);
    expect(await database().role.findUniqueOrThrow({ where: { key: "readonly" } })).toMatchObject({
      description: "Looks.",
    });
    expect(await events()).toHaveLength(2);
  });

  test("keeps the edits of unlocked roles and custom roles, and brings the others in line", async () => {
    const call = await asSuperadmin();
    await runCommand(editRole, call, {
      role: "readonly",
      version: 1,
      add: ["can_view_users"],
      remove: ["can_view_hosts"],
    });
    await customRole("mine", ["can_view_hosts"]);
    await database()
      .$executeRaw`DELETE FROM grants WHERE role_id = (SELECT id FROM roles WHERE key = 'user')`;
    const changed = await variant("patchmon", (catalogue) => {
      const grant = { permission: "can_export_data", limits: [] };
      for (const key of ["readonly", "host_manager"]) roleIn(catalogue, key).grants.push(grant);
      roleIn(catalogue, "readonly").rank = 11;
    });
    await loadCatalogue(changed, root);
    const edited = await grantsOf("readonly");
    expect(edited).toContain("can_view_users");
    expect(edited).not.toContain("can_view_hosts");
    expect(edited).not.toContain("can_export_data");
    expect(await database().role.findUniqueOrThrow({ where: { key: "readonly" } })).toMatchObject({
      rank: 11,
    });
    expect(await grantsOf("host_manager")).toContain("can_export_data");
    expect(await grantsOf("user")).toHaveLength(6);
    expect(await grantsOf("mine")).toEqual(["can_view_hosts"]);
  });

  test("a permission that vanished is retired, given to nobody any more, and goes with its last holder", async () => {
    const role = await customRole("mine", ["can_manage_docker", "can_export_data"]);
    const changed = await variant("patchmon", (catalogue) => {
      const gone = ["can_manage_docker", "can_manage_alerts"];
      const stays = (key: string) => !gone.includes(key);
      catalogue.permissions = catalogue.permissions.filter(({ key }) => stays(key));
      for (const one of catalogue.roles)
        one.grants = one.grants.filter(({ permission }) => stays(permission));
      for (const one of catalogue.templates)
        if (one.permissions !== "all") one.permissions = one.permissions.filter(stays);
    });
    await loadCatalogue(changed, root);
    const retired = () => database().permission.findMany({ where: { retired: true }, select: { key: true } });
    expect(await retired()).toEqual([{ key: "can_manage_docker" }]);
    expect((await events()).at(-1)).toMatchObject({
      after: { retired: expect.arrayContaining(["can_manage_docker", "can_manage_alerts"]) },
    });

    const call = await asSuperadmin();
    const { groups } = await runQuery(viewMatrix, call, {});
    const shown = groups
      .flatMap(({ permissions }) => permissions)
      .find(({ key }) => key === "can_manage_docker");
    expect(shown).toMatchObject({ grantable: false, withoutEffect: expect.stringMatching(/^Retired/) });
    const unknown = { code: "invalid", reason: "unknown_permission" } as const;
    await refused(editRole, call, { role: "readonly", version: 1, add: ["can_manage_docker"] }, unknown);
    await refused(editRole, call, { role: "readonly", version: 1, add: ["can_manage_alerts"] }, unknown);

    await runCommand(editRole, call, { role, version: 1, remove: ["can_manage_docker"] });
    expect(await retired()).toEqual([]);
  });

  test("a permission that comes back is one again", async () => {
    await customRole("mine", ["can_manage_billing"]);
    const without = await variant("patchmon", (catalogue) => {
      catalogue.permissions = catalogue.permissions.filter(({ key }) => key !== "can_manage_billing");
    });
    await loadCatalogue(without, root);
    expect(await database().permission.count({ where: { retired: true } })).toBe(1);
    await loadCatalogue("patchmon", root);
    expect(await database().permission.count({ where: { retired: true } })).toBe(0);
    expect(await grantsOf("mine")).toEqual(["can_manage_billing"]);
  });

  test("a built-in role that vanished goes, or stays as a custom role while anybody holds it", async () => {
    const holder = await person({ roles: ["host_manager"] });
    const former = await person({ roles: ["readonly"] });
    const endsAt = new Date("2020-01-01T00:00:00Z");
    await database().assignment.updateMany({ where: { userId: former.id }, data: { endsAt } });
    const call = await asSuperadmin();
    const changed = await variant("patchmon", (catalogue) => {
      catalogue.roles = catalogue.roles.filter(({ key }) => !["host_manager", "readonly"].includes(key));
    });
    await loadCatalogue(changed, root);
    expect(await database().role.count({ where: { key: "readonly" } })).toBe(0);
    expect(await rolesOf(holder)).toEqual(["host_manager"]);
    const released = await database().role.findUniqueOrThrow({ where: { key: "host_manager" } });
    expect(released).toMatchObject({ builtIn: false, locked: false, position: null });
    expect((await events()).at(-1)).toMatchObject({ after: { released: ["host_manager"] } });
    await database().user.delete({ where: { id: holder.id } });
    await runCommand(deleteRole, call, { role: "host_manager", version: released.version });
  });

  test("one that would lock everybody out stops the start, and nothing of it is kept", async () => {
    await person({ roles: ["superadmin"] });
    const changed = await variant("patchmon", (catalogue) => {
      const { firstUserRoles, neverEmpty } = catalogue;
      roleIn(catalogue, "superadmin").key = "owner";
      for (const list of [firstUserRoles, neverEmpty]) list.splice(list.indexOf("superadmin"), 1, "owner");
    });
    const before = await stored();
    const attempt = loadCatalogue(changed, root);
    await expect(attempt).rejects.toEqual(stops("catalogue_refused", changed, "can_manage_users"));
    expect(await stored()).toEqual(before);
    expect((await events()).at(-1)).toMatchObject({ outcome: "refused", reason: "last_holder" });
  });
});

describe("another catalogue on the same database", () => {
  beforeEach(() => openInstallation());

  test("stops the start and says how to go on", async () => {
    const before = await everything();
    const attempt = loadCatalogue("uptrakit", root);
    const named = ['"patchmon"', '"uptrakit"', "BAILIWICK_CATALOGUE=patchmon"];
    await expect(attempt).rejects.toEqual(stops("other_catalogue", ...named));
    expect(await everything()).toEqual(before);
  });
});

describe("processes that start at once", () => {
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const made = await createTestDatabase();
    drop = made.drop;
    pointAt(made.url);
  });
  afterEach(async () => {
    await database().$disconnect();
    await drop();
  });

  test("all load the catalogue, and the database has it once", async () => {
    const { databaseUrl = "" } = env();
    const start = () =>
      run(process.execPath, ["--input-type=module-typescript", "-e", aStart], {
        cwd: root,
        env: { ...process.env, DATABASE_URL: databaseUrl },
      });
    await Promise.all([start(), start(), start()]);
    expect(await database().role.count()).toBe(8);
    expect(await database().permission.count()).toBe(32);
    const before = await everything();
    await loadCatalogue("uptrakit", root);
    expect(await everything()).toEqual(before);
  }, 60_000);
});
