import { beforeEach, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { deactivateUser } from "#lib/users/index.ts";
import { openInstallation } from "#test/installation.ts";
import { joins, organization } from "#test/organizations.ts";
import { callAs, customRole, type Person, passTime, person, rolesOf } from "#test/people.ts";
import { lastEvent, refused } from "#test/trail.ts";
import {
  countRequests,
  grantRequest,
  listRequests,
  refuseRequest,
  requestAccess,
  viewOwnRequests,
  withdrawRequest,
} from "./index.ts";

let jane: Person;
beforeEach(async () => {
  await openInstallation();
  jane = await person({ roles: ["readonly"] });
});
const asAdmin = async () => callAs(await person({ roles: ["admin"] }));
const asOwner = async () => callAs(await person({ roles: ["superadmin"] }));
const reason = "patch the mail hosts";
const ask = async (part: object = {}) =>
  (await runCommand(requestAccess, await callAs(jane), { role: "host_manager", reason, lasts: "8", ...part }))
    .id;
const storedRequest = (id: string) => database().accessRequest.findUniqueOrThrow({ where: { id } });
const conflict = (reason: string) => ({ code: "conflict", reason }) as const;

test("T11: asked for, seen by approvers with all they need, granted, held until its end; all in the trail", async () => {
  const admin = await person({ roles: ["admin"] });
  const asked = await runCommand(requestAccess, await callAs(jane), {
    role: "host_manager",
    reason,
    lasts: "8",
  });
  expect(asked).toMatchObject({ username: jane.username, role: "Host manager", tell: [admin.email] });
  expect(await lastEvent()).toMatchObject({
    action: "request access",
    targetName: jane.username,
    after: { role: "host_manager", reason },
  });
  expect(await runQuery(countRequests, await callAs(admin), {})).toBe(1);
  const { open } = await runQuery(listRequests, await callAs(admin), {});
  expect(open).toMatchObject([
    { id: asked.id, who: { username: jane.username }, role: { key: "host_manager" }, reason, lapsed: false },
  ]);
  expect([open[0]?.grantWhy, open[0]?.refuseWhy]).toEqual([undefined, undefined]);
  expect(await rolesOf(jane)).toEqual(["readonly"]);

  await runCommand(grantRequest, await callAs(admin), { request: asked.id, note: "good luck" });
  expect(await lastEvent()).toMatchObject({
    action: "grant access request",
    targetName: jane.username,
    after: { request: asked.id, role: "host_manager", note: "good luck" },
  });
  const held = await database().assignment.findFirstOrThrow({
    where: { userId: jane.id, source: "request" },
  });
  expect(held).toMatchObject({ endsAt: asked.endsAt, reason, givenBy: admin.username });
  const own = await runQuery(viewOwnRequests, await callAs(jane), {});
  expect(own.requests).toMatchObject([{ status: "granted", decidedBy: admin.username, note: "good luck" }]);
  expect(own.held.map(({ role, temporary }) => [role.key, temporary])).toEqual([
    ["host_manager", true],
    ["readonly", false],
  ]);
  expect(await storedRequest(asked.id)).toMatchObject({ assignmentId: held.id });
  expect(await runQuery(countRequests, await callAs(admin), {})).toBe(0);
  passTime(8 * 3600);
  expect((await runQuery(viewOwnRequests, await callAs(jane), {})).held).toHaveLength(1);
});

test("asked for in one team it is listed and granted there, and nowhere where the requester is not", async () => {
  expect((await runQuery(viewOwnRequests, await callAs(jane), {})).places).toEqual({
    exist: false,
    organizations: [],
    teams: [],
  });
  const { id: organizationId, name, teams } = await organization(["Night shift", "Day shift"]);
  await joins(jane, organizationId, teams["Night shift"]);
  const own = await runQuery(viewOwnRequests, await callAs(jane), {});
  expect(own.places).toEqual({
    exist: true,
    organizations: [{ id: organizationId, name }],
    teams: [{ id: teams["Night shift"], name: "Night shift", organizationId }],
  });
  const foreign = {
    code: "invalid",
    reason: "not_a_member",
    fields: { teamId: [expect.any(String)] },
  } as const;
  const input = { role: "host_manager", reason, lasts: "8", teamId: teams["Day shift"] };
  await refused(requestAccess, await callAs(jane), input, foreign);

  const request = await ask({ organizationId, teamId: teams["Night shift"] });
  expect((await runQuery(listRequests, await asAdmin(), {})).open).toMatchObject([{ place: "Night shift" }]);
  await runCommand(grantRequest, await asAdmin(), { request });
  expect((await runQuery(listRequests, await asAdmin(), {})).active).toMatchObject([
    { place: "Night shift" },
  ]);
  const held = await database().assignment.findFirstOrThrow({ where: { source: "request" } });
  expect(held).toMatchObject({ organizationId, teamId: teams["Night shift"] });
});

test("an approver may shorten it, and not lengthen it", async () => {
  const id = await ask();
  const { endsAt } = await storedRequest(id);
  const at = (minutes: number) => new Date(endsAt.getTime() + minutes * 60_000).toISOString();
  const call = await asAdmin();
  const longer = {
    code: "invalid",
    reason: "longer_than_asked",
    fields: { endsAt: [expect.any(String)] },
  } as const;
  await refused(grantRequest, call, { request: id, endsAt: at(1) }, longer);
  await refused(
    grantRequest,
    call,
    { request: id, endsAt: "2020-01-01T00:00:00Z" },
    { code: "invalid", reason: "end_in_past" },
  );
  await runCommand(grantRequest, call, { request: id, endsAt: at(-60) });
  const held = await database().assignment.findFirstOrThrow({
    where: { userId: jane.id, source: "request" },
  });
  expect(held.endsAt?.toISOString()).toBe(at(-60));
});

test("refused with a note, or withdrawn by whoever asked: nothing is given, and it is over", async () => {
  const first = await ask();
  await runCommand(refuseRequest, await asAdmin(), { request: first, note: "ask Kim" });
  expect(await lastEvent()).toMatchObject({
    action: "refuse access request",
    after: { request: first, note: "ask Kim" },
  });
  const second = await ask();
  const call = await callAs(jane);
  await runCommand(withdrawRequest, call, { request: second });
  expect(await lastEvent()).toMatchObject({ action: "withdraw access request", after: { request: second } });
  for (const request of [first, second]) {
    await refused(grantRequest, await asAdmin(), { request }, conflict("already_decided"));
    await refused(refuseRequest, await asAdmin(), { request }, conflict("already_decided"));
    await refused(withdrawRequest, await callAs(jane), { request }, conflict("already_decided"));
  }
  expect(await rolesOf(jane)).toEqual(["readonly"]);
});

describe("refused", () => {
  test("the requester decides nothing, whatever they hold, and strangers withdraw nothing", async () => {
    const owner = await person({ roles: ["superadmin"] });
    const input = { role: "host_manager", reason, lasts: "1" };
    const { id } = await runCommand(requestAccess, await callAs(owner), input);
    const own = await refused(grantRequest, await callAs(owner), { request: id }, conflict("own_request"));
    await refused(refuseRequest, await callAs(owner), { request: id }, conflict("own_request"));
    const gone = { code: "not_found", reason: "request_not_found" } as const;
    await refused(withdrawRequest, await callAs(jane), { request: id }, gone);
    await refused(grantRequest, await asAdmin(), { request: newId() }, gone);
    expect((await runQuery(listRequests, await callAs(owner), {})).open[0]?.grantWhy).toBe(own.message);
  });

  test("all rules of giving hold for the approver, and the page says the same words", async () => {
    const id = await ask({ role: "superadmin" });
    const call = await asAdmin();
    const { message } = await refused(
      grantRequest,
      call,
      { request: id },
      { code: "forbidden", reason: "guarded_role" },
    );
    expect((await runQuery(listRequests, await asAdmin(), {})).open[0]?.grantWhy).toBe(message);
    const more = await ask({ role: await customRole("beyond", ["can_manage_docker"]) });
    const desk = await customRole("desk", ["can_manage_users"]);
    await database().role.updateMany({ where: { key: desk }, data: { rank: 1000 } });
    const clerk = await callAs(await person({ roles: [desk] }));
    await refused(grantRequest, clerk, { request: more }, { code: "forbidden", reason: "escalation" });
    const boss = await person({ roles: ["superadmin"] });
    const { id: above } = await runCommand(requestAccess, await callAs(boss), {
      role: "user",
      reason,
      lasts: "1",
    });
    await refused(grantRequest, await asAdmin(), { request: above }, { code: "forbidden", reason: "rank" });
  });

  test("for whoever was deactivated meanwhile, and when the time asked for has passed", async () => {
    const id = await ask({ lasts: "1" });
    passTime(3601);
    expect((await runQuery(listRequests, await asAdmin(), {})).open).toMatchObject([{ lapsed: true }]);
    expect(await runQuery(countRequests, await asAdmin(), {})).toBe(0);
    await refused(grantRequest, await asAdmin(), { request: id }, { code: "invalid", reason: "end_in_past" });
    const other = await ask();
    await runCommand(deactivateUser, await asOwner(), { id: jane.id });
    await refused(grantRequest, await asAdmin(), { request: other }, conflict("inactive_user"));
  });

  test("what is held in full is not asked for, nothing twice, and not without measure", async () => {
    await refused(
      requestAccess,
      await callAs(jane),
      { role: "readonly", reason, lasts: "1" },
      conflict("already_held"),
    );
    const own = await runQuery(viewOwnRequests, await callAs(jane), {});
    expect(own.roles.map(({ key }) => key)).not.toContain("readonly");
    await ask();
    await refused(
      requestAccess,
      await callAs(jane),
      { role: "host_manager", reason, lasts: "1" },
      conflict("request_open"),
    );
    for (const role of ["user", "admin", "superadmin", await customRole("extra", [])]) await ask({ role });
    const call = await callAs(jane);
    const role = await customRole("one_more", []);
    await refused(
      requestAccess,
      call,
      { role, reason, lasts: "1" },
      { code: "rate_limited", reason: "too_many_requests" },
    );
  });
});

test("of two approvers at once one decides, and the other is told who did", async () => {
  for (let round = 0; round < 5; round++) {
    const id = await ask();
    const calls = [await asAdmin(), await asOwner()] as const;
    const results = await Promise.allSettled([
      runCommand(round % 2 ? refuseRequest : grantRequest, calls[0], { request: id }),
      runCommand(grantRequest, calls[1], { request: id }),
    ]);
    const failed = results.filter((one) => one.status === "rejected").map(({ reason: error }) => error);
    expect(failed).toMatchObject([{ code: "conflict", reason: "already_decided" }]);
    await database().assignment.deleteMany({ where: { userId: jane.id, source: "request" } });
  }
});

test("one person who asks twice at once asks once", async () => {
  const calls = [await callAs(jane), await callAs(jane)];
  const input = { role: "host_manager", reason, lasts: "1" };
  const results = await Promise.allSettled(calls.map((call) => runCommand(requestAccess, call, input)));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
