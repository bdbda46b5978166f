import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { deactivateUser, viewUserRoles } from "#lib/users/index.ts";
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
import {
  endTemporaryAccess,
  giveTemporaryAccess,
  grantRequest,
  listRequests,
  requestAccess,
} from "./index.ts";

beforeEach(() => openInstallation());
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const asOwner = async () => callAs(await person({ roles: ["superadmin"] }));
const heldOf = ({ id }: Person) => database().assignment.findMany({ where: { userId: id } });
const inHours = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000).toISOString();
const forbidden = (reason: string) => ({ code: "forbidden", reason }) as const;
const invalid = (reason: string) => ({ code: "invalid", reason }) as const;

test("T11: a role for a task, with reason and end, comes on top, is listed while it lasts, and ends by itself", async () => {
  const jane = await person({ roles: ["readonly"] });
  const token = await signedIn(jane);
  const call = await asAdmin();
  const input = { id: jane.id, role: "host_manager", reason: "night shift", lasts: "8" };
  const given = await runCommand(giveTemporaryAccess, call, input);
  expect(given).toMatchObject({
    username: jane.username,
    sessionsEnded: 1,
    endsAt: new Date(inHours(call.at, 8)),
  });
  expect((await callWith(token)).actor.kind).toBe("anonymous");
  expect(await rolesOf(jane)).toEqual(["host_manager", "readonly"]);
  expect(await lastEvent()).toMatchObject({
    action: "give temporary access",
    targetName: jane.username,
    after: { role: "host_manager", reason: "night shift", endsAt: inHours(call.at, 8) },
  });
  const active = async () => (await runQuery(listRequests, await asOwner(), {})).active;
  expect(await active()).toMatchObject([
    { who: { id: jane.id }, role: { key: "host_manager" }, source: "elevation" },
  ]);
  expect((await runQuery(viewUserRoles, await asOwner(), { id: jane.id })).assignments).toMatchObject([
    { role: { key: "host_manager" }, temporary: true, active: true, reason: "night shift" },
    { role: { key: "readonly" }, temporary: false },
  ]);

  passTime(8 * 3600);
  expect(await active()).toEqual([]);
  const actor = (await callAs(jane)).actor;
  expect(actor.kind === "user" && actor.subject.assignments.map(({ role }) => role)).toEqual(["readonly"]);
});

test("T11: it is ended early, the sessions end with it, and nothing else goes", async () => {
  const jane = await person({ roles: ["readonly"] });
  const input = { id: jane.id, role: "host_manager", reason: "night shift", lasts: "24" };
  await runCommand(giveTemporaryAccess, await asAdmin(), input);
  const [row] = (await heldOf(jane)).filter(({ source }) => source === "elevation");
  const token = await signedIn(jane);
  const end = { id: jane.id, assignment: row?.id };
  expect(await runCommand(endTemporaryAccess, await asAdmin(), end)).toMatchObject({ sessionsEnded: 1 });
  expect((await callWith(token)).actor.kind).toBe("anonymous");
  expect(await rolesOf(jane)).toEqual(["readonly"]);
  expect(await lastEvent()).toMatchObject({
    action: "end temporary access",
    before: { role: "host_manager", reason: "night shift", source: "elevation" },
  });
  await refused(endTemporaryAccess, await asAdmin(), end, {
    code: "not_found",
    reason: "assignment_not_found",
  });
});

test("what somebody holds for their work is not ended as if it were temporary", async () => {
  const jane = await person({ roles: ["readonly"] });
  const [row] = await heldOf(jane);
  const end = { id: jane.id, assignment: row?.id };
  await refused(endTemporaryAccess, await asOwner(), end, {
    code: "not_found",
    reason: "assignment_not_found",
  });
});

describe("refused", () => {
  const reason = "a good one";

  test("without reason, without end, with an end that passed or lies far ahead, and what is held anyway", async () => {
    const jane = await person({ roles: ["readonly"] });
    const call = await asAdmin();
    const base = { id: jane.id, role: "host_manager", reason, lasts: "1" };
    const refuse = (part: object, expected: Parameters<typeof refused>[3]) =>
      refused(giveTemporaryAccess, call, { ...base, ...part }, expected);
    await refuse(
      { reason: " " },
      { ...invalid("invalid_input"), fields: { reason: ["Say what it is for."] } },
    );
    await refuse({ lasts: "" }, { ...invalid("invalid_input"), fields: { endsAt: ["Say when it ends."] } });
    await refuse({ lasts: "1000000" }, invalid("invalid_input"));
    await refuse({ lasts: "", endsAt: inHours(call.at, -1) }, invalid("end_in_past"));
    await refuse(
      { lasts: "", endsAt: inHours(call.at, 5), startsAt: inHours(call.at, 6) },
      invalid("end_before_start"),
    );
    await refuse({ lasts: "", endsAt: inHours(call.at, 9000) }, invalid("too_long"));
    await refuse({ role: "readonly" }, { code: "conflict", reason: "already_held" });
    await refuse({ role: "nonsense" }, invalid("role_not_found"));
    await refuse({ id: newId() }, { code: "not_found", reason: "user_not_found" });
  });

  test("to oneself, to somebody who outranks, of a guarded role, and of more than one has oneself", async () => {
    const admin = await person({ roles: ["admin"] });
    const jane = await person({ roles: ["readonly"] });
    const base = { id: jane.id, role: "host_manager", reason, lasts: "1" };
    const call = await callAs(admin);
    await refused(
      giveTemporaryAccess,
      call,
      { ...base, id: admin.id },
      { code: "conflict", reason: "own_role" },
    );
    const above = await person({ roles: ["superadmin"] });
    await refused(giveTemporaryAccess, call, { ...base, id: above.id }, forbidden("rank"));
    await refused(giveTemporaryAccess, call, { ...base, role: "superadmin" }, forbidden("guarded_role"));
    const desk = await customRole("desk", ["can_manage_users", "can_view_users"]);
    const clerk = await callAs(await person({ roles: [desk] }));
    const beyond = await customRole("beyond", ["can_manage_docker"]);
    await refused(giveTemporaryAccess, clerk, { ...base, role: beyond }, forbidden("escalation"));
  });

  test("access that ends is not handed on for longer than it lasts", async () => {
    const jane = await person({ roles: ["readonly"] });
    const desk = await customRole("desk", ["can_manage_users", "can_view_users"]);
    const clerk = await person({ roles: [desk] });
    const extra = await customRole("extra", ["can_view_hosts"]);
    const up = { id: clerk.id, role: extra, reason, lasts: "8" };
    await runCommand(giveTemporaryAccess, await asOwner(), up);
    const call = await callAs(clerk);
    const longer = { id: jane.id, role: extra, reason, lasts: "24" };
    await refused(giveTemporaryAccess, call, longer, forbidden("escalation"));
    await runCommand(giveTemporaryAccess, call, { ...longer, lasts: "1" });
  });

  test("of a guarded role to end it early", async () => {
    const jane = await person({ roles: ["readonly"] });
    await runCommand(giveTemporaryAccess, await asOwner(), {
      id: jane.id,
      role: "admin",
      confirmed: ["admin"],
      reason,
      lasts: "8",
    });
    const row = (await heldOf(jane)).find(({ source }) => source === "elevation");
    const end = { id: jane.id, assignment: row?.id };
    await refused(endTemporaryAccess, await asAdmin(), end, forbidden("guarded_role"));
  });
});

test("temporary administrators do not count as the last one", async () => {
  const owner = await person({ roles: ["superadmin"] });
  const jane = await person({ roles: ["readonly"] });
  await runCommand(giveTemporaryAccess, await callAs(owner), {
    id: jane.id,
    role: "superadmin",
    confirmed: ["superadmin"],
    reason: "cover",
    lasts: "8",
  });
  await refused(
    deactivateUser,
    await callAs(jane),
    { id: owner.id },
    { code: "conflict", reason: "never_empty" },
  );
});

test("U14: a dangerous role is confirmed by its key, given or granted", async () => {
  const jane = await person({ roles: ["readonly"] });
  const base = { id: jane.id, role: "admin", reason: "cover", lasts: "1" };
  const unconfirmed = { ...invalid("confirmation_required"), fields: { confirmed: [expect.any(String)] } };
  await refused(giveTemporaryAccess, await asOwner(), base, unconfirmed);
  await refused(giveTemporaryAccess, await asOwner(), { ...base, confirmed: ["user"] }, unconfirmed);
  const asked = { role: "admin", reason: "cover", lasts: "1" };
  const { id } = await runCommand(requestAccess, await callAs(jane), asked);
  await refused(grantRequest, await asOwner(), { request: id }, unconfirmed);
  await runCommand(grantRequest, await asOwner(), { request: id, confirmed: ["admin"] });
  expect(await rolesOf(jane)).toEqual(["admin", "readonly"]);
});
