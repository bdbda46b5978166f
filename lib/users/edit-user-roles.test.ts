import { beforeEach, describe, expect, test } from "vitest";
import { decide } from "#lib/access/index.ts";
import { loadSubject } from "#lib/assignments/index.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { openInstallation } from "#test/installation.ts";
import {
  callAs,
  callWith,
  customRole,
  type Person,
  passTime,
  person,
  rolesOf,
  signedIn,
} from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import { editUserRoles, setUserRoles, viewUserRoles } from "./index.ts";

const hour = 3_600_000;
const rowsOf = ({ id }: Person) =>
  database().assignment.findMany({
    where: { userId: id },
    orderBy: [{ role: { position: "asc" } }, { createdAt: "asc" }],
    include: { role: true },
  });
const versionOf = async ({ id }: Person) =>
  (await database().user.findUniqueOrThrow({ where: { id } })).version;
const inHours = (from: Date, hours: number) => new Date(from.getTime() + hours * hour).toISOString();
const workingHours = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };

/** What the form sends for what is held, to be changed. */
async function sent(who: Person) {
  const rows = await rowsOf(who);
  return rows.map((row) => ({
    id: row.id,
    role: row.role.key,
    startsAt: row.startsAt?.toISOString(),
    endsAt: row.endsAt?.toISOString(),
    window: row.window ?? undefined,
    organizationId: row.organizationId ?? undefined,
    teamId: row.teamId ?? undefined,
    reason: row.reason ?? undefined,
  }));
}

async function place(name: string, members: Person[], teamMembers: Person[] = members) {
  const stamp = { createdAt: new Date(), updatedAt: new Date(), nameKey: name.toLowerCase(), name };
  const { id } = await database().organization.create({ data: { id: newId(), ...stamp } });
  const team = await database().team.create({ data: { id: newId(), organizationId: id, ...stamp } });
  const at = { createdAt: new Date() };
  await database().organizationMember.createMany({
    data: members.map((one) => ({ organizationId: id, userId: one.id, ...at })),
  });
  await database().teamMember.createMany({
    data: teamMembers.map((one) => ({ teamId: team.id, userId: one.id, organizationId: id, ...at })),
  });
  return { organizationId: id, teamId: team.id };
}

const invalid = (reason: string, field?: string) =>
  ({ code: "invalid", reason, ...(field && { fields: { [field]: [expect.any(String)] } }) }) as const;
const forbidden = (reason: string) => ({ code: "forbidden", reason }) as const;
const conflict = (reason: string) => ({ code: "conflict", reason }) as const;

describe("several roles (Uptrakit)", () => {
  let jane: Person;
  beforeEach(async () => {
    await openInstallation("uptrakit");
    await person({ roles: ["settings_manager"] });
    jane = await person({ roles: ["viewer", "operator"] });
  });
  const call = async () => callAs(await person({ roles: ["settings_manager"] }));
  const save = async (assignments: object[], confirmed: string[] = []) =>
    runCommand(editUserRoles, await call(), {
      id: jane.id,
      version: await versionOf(jane),
      assignments,
      confirmed,
    });
  const refuse = async (assignments: object[], expected: Parameters<typeof refused>[3]) =>
    refused(
      editUserRoles,
      await call(),
      { id: jane.id, version: await versionOf(jane), assignments },
      expected,
    );

  test("T04: one save adds and removes several roles, ends the sessions and is one row of the trail", async () => {
    const token = await signedIn(jane);
    const [viewer] = await sent(jane);
    const result = await save([viewer ?? {}, { role: "host_manager" }, { role: "software_manager" }]);
    expect(result).toMatchObject({ added: 2, changed: 0, removed: 1, sessionsEnded: 1 });
    expect(await rolesOf(jane)).toEqual(["host_manager", "software_manager", "viewer"]);
    expect((await callWith(token)).actor).toEqual({ kind: "anonymous" });
    expect(await lastEvent()).toMatchObject({
      action: "edit roles of user",
      targetName: jane.username,
      before: { roles: [{ role: "viewer" }, { role: "operator" }] },
      after: { roles: [{ role: "viewer" }, { role: "software_manager" }, { role: "host_manager" }] },
    });
  });

  test("U02, T05: a user with several roles has the union of their permissions", async () => {
    const { policy } = await currentPolicy(database());
    const subject = await loadSubject(database(), { id: jane.id, active: true }, 0);
    const at = Date.now();
    const effect = (permission: string) => decide(policy, subject, { permission, at }).effect;
    expect([effect("view_hosts"), effect("trigger_updates"), effect("update_hosts")]).toEqual([
      "allow",
      "allow",
      "deny",
    ]);
  });

  test("T12: start, end, hours, days and time zone, reason and giver are stored and shown as given", async () => {
    const admin = await call();
    const wanted = {
      role: "host_manager",
      startsAt: inHours(admin.at, 24),
      endsAt: inHours(admin.at, 48),
      window: workingHours,
      reason: "stands in for Kim",
    };
    await runCommand(editUserRoles, admin, {
      id: jane.id,
      version: await versionOf(jane),
      assignments: [...(await sent(jane)), wanted],
    });
    const view = await runQuery(viewUserRoles, await call(), { id: jane.id });
    expect(view.assignments.find(({ role }) => role.key === "host_manager")).toMatchObject({
      startsAt: new Date(wanted.startsAt),
      endsAt: new Date(wanted.endsAt),
      window: workingHours,
      reason: wanted.reason,
      givenBy: admin.actor.kind === "user" && admin.actor.username,
      active: false,
      temporary: false,
    });
  });

  test("what is sent back as it is changes nothing: no session ends, the version stays", async () => {
    await save([...(await sent(jane)), { role: "host_manager", window: workingHours }]);
    const token = await signedIn(jane);
    const version = await versionOf(jane);
    expect(await save(await sent(jane))).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect([await versionOf(jane), (await callWith(token)).actor.kind]).toEqual([version, "user"]);
  });

  test("one role twice with different times is two assignments; twice the same is refused", async () => {
    const { at } = await call();
    const until = { role: "viewer", endsAt: inHours(at, 5) };
    const later = { role: "viewer", startsAt: inHours(at, 10), endsAt: inHours(at, 20) };
    await save([until, later]);
    expect(await rolesOf(jane)).toEqual(["viewer", "viewer"]);
    await refuse([until, { ...until }], invalid("duplicate_assignment", "assignments.1.role"));
    await refuse(
      [until, { ...until, window: { ...workingHours, timeZone: "Nowhere/Land" } }],
      invalid("unknown_time_zone", "assignments.1.window.timeZone"),
    );
  });

  test("two that time has made the same stand in the way of no other change", async () => {
    const { at } = await call();
    await save([{ role: "viewer" }, { role: "viewer", startsAt: inHours(at, 10) }]);
    passTime(11 * 3600);
    await runCommand(setUserRoles, await call(), { id: jane.id, roles: ["viewer", "operator"] });
    expect(await rolesOf(jane)).toEqual(["operator", "viewer", "viewer"]);
  });

  test("times that cannot be are refused beside their field", async () => {
    const { at } = await call();
    const one = (validity: object) => [{ role: "viewer", ...validity }];
    await refuse(one({ endsAt: inHours(at, -1) }), invalid("end_in_past", "assignments.0.endsAt"));
    await refuse(
      one({ startsAt: inHours(at, 5), endsAt: inHours(at, 4) }),
      invalid("end_before_start", "assignments.0.endsAt"),
    );
    await refuse(one({ endsAt: "tomorrow" }), invalid("invalid_input", "assignments.0.endsAt"));
    for (const timeZone of ["Mars/Phobos", "Europe/Berlin; DROP TABLE users"])
      await refuse(
        one({ window: { ...workingHours, timeZone } }),
        invalid("unknown_time_zone", "assignments.0.window.timeZone"),
      );
    await refuse(
      one({ window: { ...workingHours, from: "25:00" } }),
      invalid("invalid_input", "assignments.0.window.from"),
    );
    await refuse(one({ window: { ...workingHours, days: [8] } }), {
      code: "invalid",
      reason: "invalid_input",
    });
    await refuse(one({ reason: "a\0b" }), invalid("invalid_input"));
    await refuse([], invalid("no_role", "assignments"));
    await refuse([{ role: "viewer", id: newId() }], invalid("assignment_not_found", "assignments.0.role"));
  });

  test("an organization or team has to be there, fit together and have the user as a member", async () => {
    const [eu, us] = [await place("EU", [jane]), await place("US", [jane], [])];
    const other = await place("Elsewhere", []);
    const one = (where: object) => [{ role: "viewer", ...where }];
    await refuse(one({ organizationId: newId() }), invalid("organization_not_found"));
    await refuse(
      one({ organizationId: other.organizationId }),
      invalid("not_a_member", "assignments.0.organizationId"),
    );
    await refuse(one({ teamId: us.teamId }), invalid("not_a_member", "assignments.0.teamId"));
    await refuse(one({ ...eu, teamId: us.teamId }), invalid("team_elsewhere", "assignments.0.teamId"));
    await save([
      { role: "viewer", ...eu },
      { role: "viewer", organizationId: us.organizationId },
    ]);
    expect(await rolesOf(jane)).toEqual(["viewer", "viewer"]);
  });

  test("an id of somebody else's assignment reaches nothing", async () => {
    const kim = await person({ roles: ["viewer"] });
    const [theirs] = await sent(kim);
    await refuse([{ role: "viewer", id: theirs?.id }], invalid("assignment_not_found"));
  });

  test("T09: a role whose end has passed is held by nobody, with no job run first", async () => {
    const { at } = await call();
    await save(
      [...(await sent(jane)), { role: "command_manager", endsAt: inHours(at, 1) }],
      ["command_manager"],
    );
    const { policy } = await currentPolicy(database());
    const mayAt = async (instant: number) =>
      decide(policy, await loadSubject(database(), { id: jane.id, active: true }, 0), {
        permission: "manage_commands",
        at: instant,
      }).effect;
    const end = at.getTime() + hour;
    expect([await mayAt(end - 1), await mayAt(end)]).toEqual(["allow", "deny"]);

    passTime(2 * 3600);
    const view = await runQuery(viewUserRoles, await call(), { id: jane.id });
    expect(view.assignments.map(({ role }) => role.key).sort()).toEqual(["operator", "viewer"]);
    // It can be given anew, and what had ended is gone with the next edit.
    const lasting = (await sent(jane)).filter(({ role }) => role !== "command_manager");
    await save([...lasting, { role: "command_manager" }], ["command_manager"]);
    expect((await rowsOf(jane)).filter(({ role }) => role.key === "command_manager")).toMatchObject([
      { endsAt: null },
    ]);
  });

  test("U14: a dangerous role is confirmed, given or given for longer, and not when it is shortened", async () => {
    const { at } = await call();
    const given = { role: "command_manager", endsAt: inHours(at, 5) };
    await refuse([...(await sent(jane)), given], invalid("confirmation_required", "confirmed"));
    await save([...(await sent(jane)), given], ["command_manager"]);
    const until = async (hours: number) =>
      (await sent(jane)).map((one) =>
        one.role === "command_manager" ? { ...one, endsAt: inHours(at, hours) } : one,
      );
    await refuse(await until(6), invalid("confirmation_required", "confirmed"));
    expect(await save(await until(4))).toMatchObject({ changed: 1 });
  });

  test("setting roles leaves the times of those that stay", async () => {
    const { at } = await call();
    await save([{ role: "viewer", endsAt: inHours(at, 5) }]);
    await runCommand(setUserRoles, await call(), { id: jane.id, roles: ["viewer", "operator"] });
    expect((await rowsOf(jane)).map(({ role, endsAt }) => [role.key, endsAt?.toISOString()])).toEqual([
      ["viewer", inHours(at, 5)],
      ["operator", undefined],
    ]);
  });

  test("the last administrator gets neither an end nor hours nor a start to come", async () => {
    await database().user.deleteMany({ where: { id: { not: jane.id } } });
    const owner = await person({ roles: ["settings_manager", "viewer"] });
    const helper = await person({ roles: ["settings_manager"] });
    const [viewer, manager] = await sent(owner);
    // The helper only manages for the day: nobody to count on.
    await database().assignment.updateMany({
      where: { userId: helper.id },
      data: { endsAt: new Date("2027-01-01") },
    });
    const { at } = await callAs(helper);
    for (const validity of [
      { endsAt: inHours(at, 24) },
      { window: workingHours },
      { startsAt: inHours(at, 1) },
    ])
      await refused(
        editUserRoles,
        await callAs(helper),
        { id: owner.id, version: await versionOf(owner), assignments: [{ ...manager, ...validity }, viewer] },
        conflict("last_holder"),
      );
  });
});

describe("rank, guard and escalation", () => {
  beforeEach(() => openInstallation());
  const soon = (at: Date) => ({ endsAt: inHours(at, 5) });

  test("nobody changes the times of their own roles", async () => {
    const self = await person({ roles: ["superadmin"] });
    await person({ roles: ["superadmin"] });
    const call = await callAs(self);
    const [held] = await sent(self);
    const input = { id: self.id, version: 1, assignments: [{ ...held, ...soon(call.at) }] };
    await refused(editUserRoles, call, input, conflict("own_role"));
  });

  test("narrowing a guarded role is taking it, widening one is giving it", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const peer = await person({ roles: ["admin"] });
    const admin = await person({ roles: ["admin"] });
    const call = await callAs(admin);
    const [held] = await sent(peer);
    const narrowed = [{ ...held, ...soon(call.at) }];
    await refused(
      editUserRoles,
      call,
      { id: peer.id, version: 1, assignments: narrowed },
      forbidden("guarded_role"),
    );
    await runCommand(editUserRoles, await callAs(owner), { id: peer.id, version: 1, assignments: narrowed });
    const longer = [{ ...held, endsAt: inHours(call.at, 6) }];
    await refused(
      editUserRoles,
      await callAs(admin),
      { id: peer.id, version: 2, assignments: longer },
      forbidden("guarded_role"),
    );
  });

  test("a longer or wider hold of more than one has oneself is refused, a shorter one is not", async () => {
    await person({ roles: ["superadmin"] });
    const desk = await customRole("desk", ["can_manage_users", "can_view_users"]);
    const jane = await person({ roles: ["user"] });
    const clerk = await person({ roles: [desk] });
    await runCommand(editUserRoles, await callAs(await person({ roles: ["superadmin"] })), {
      id: jane.id,
      version: 1,
      assignments: (await sent(jane)).map((one) => ({
        ...one,
        window: workingHours,
        endsAt: "2026-03-09T00:00:00Z",
      })),
    });
    const [held] = await sent(jane);
    const call = await callAs(clerk);
    for (const wider of [
      { endsAt: "2026-03-10T00:00:00Z" },
      { window: undefined },
      { window: { ...workingHours, days: [1] } },
    ])
      await refused(
        editUserRoles,
        call,
        { id: jane.id, version: 2, assignments: [{ ...held, ...wider }] },
        forbidden("escalation"),
      );
    await runCommand(editUserRoles, call, {
      id: jane.id,
      version: 2,
      assignments: [{ ...held, endsAt: "2026-03-08T00:00:00Z" }],
    });
  });

  test("with one role a user it may have times, and stays one", async () => {
    const jane = await person({ roles: ["user"] });
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const two = [...(await sent(jane)), { role: "readonly", ...soon(call.at) }];
    await refused(
      editUserRoles,
      call,
      { id: jane.id, version: 1, assignments: two },
      invalid("single_role", "assignments"),
    );
    await runCommand(editUserRoles, call, {
      id: jane.id,
      version: 1,
      assignments: [{ role: "readonly", window: workingHours }],
    });
    expect(await rolesOf(jane)).toEqual(["readonly"]);
  });

  test("the last superadmin does not get an end", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const role = await customRole("stand_in", [
      "can_manage_users",
      "can_manage_superusers",
      "can_view_users",
    ]);
    await database().user.updateMany({ where: { id: { not: owner.id } }, data: { active: false } });
    const call = await callAs(await person({ roles: [role] }));
    const [held] = await sent(owner);
    const input = { id: owner.id, version: 1, assignments: [{ ...held, ...soon(call.at) }] };
    await refused(editUserRoles, call, input, conflict("never_empty"));
  });

  test("a form that was open while somebody else saved is a conflict", async () => {
    const jane = await person({ roles: ["user"] });
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const input = { id: jane.id, version: 7, assignments: [{ role: "readonly" }] };
    await refused(editUserRoles, call, input, conflict("edit_conflict"));
  });
});
