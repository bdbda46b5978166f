import { afterEach, describe, expect, test } from "vitest";
import { check, givenBy } from "#lib/access/index.ts";
import { loadSubject } from "#lib/assignments/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand, runQuery } from "#lib/kernel/operation.ts";
import { listGroups, listValues } from "#lib/managed-values/index.ts";
import { listOrganizations } from "#lib/organizations/index.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { viewMatrix, viewRole } from "#lib/roles/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { registrationOpen } from "#lib/sign-up/index.ts";
import { listRequests } from "#lib/temporary-access/index.ts";
import { listUsers } from "#lib/users/index.ts";
import { catalogues } from "#test/catalogues.ts";
import { openInstallation } from "#test/installation.ts";
import { callWith, nextInstant, visitor } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { failure } from "#test/trail.ts";
import { fillWithDemo } from "./fill-with-demo.ts";
import { labelAsDemo } from "./label-as-demo.ts";

const password = "nobody guesses this one";
let close = async () => {};
afterEach(() => close());

async function filled(catalogue: string, at = nextInstant()) {
  close = await openInstallation(catalogue);
  return runCommand(fillWithDemo, systemCall("test", at), { password, people: 120 });
}
const signedInAs = async (identifier: string) =>
  callWith((await runCommand(signIn, visitor(), { identifier, password })).token);

describe.each(catalogues)("with the catalogue %s", (catalogue) => {
  test("a console full of life that keeps its own rules", async () => {
    const { owner, ordinary, people } = await filled(catalogue);
    const call = await signedInAs(owner);
    const page = await runQuery(listUsers, call, { size: 100 });
    expect(page).toMatchObject({ total: people, capped: false });
    const inactive = await runQuery(listUsers, call, { q: "status:inactive" });
    expect(inactive.total).toBeGreaterThan(2);
    const matrix = await runQuery(viewMatrix, call, {});
    expect(matrix.roles.reduce((sum, role) => sum + role.people, 0)).toBeGreaterThanOrEqual(people);
    expect(await runQuery(registrationOpen, visitor(), {})).toBe(false);

    const other = await signedInAs(ordinary.username);
    expect((await failure(runQuery(viewMatrix, other, {}))).code).toBe("forbidden");

    await expectRightsOfGivers();
    const open = { endedAt: null, user: { active: false } };
    expect(await database().session.count({ where: open })).toBe(0);
    const { catalogue: loaded } = await currentPolicy(database());
    const lasting = { source: { not: "elevation" } };
    if (loaded.assignment === "single")
      expect(await database().assignment.count({ where: lasting })).toBe(people);
  });
});

/** Whoever added or changed somebody may still do so. */
async function expectRightsOfGivers(): Promise<void> {
  const { policy, catalogue } = await currentPolicy(database());
  const givers = await database().auditEvent.groupBy({
    by: ["actorId"],
    where: { outcome: "done", action: { in: ["add user", "edit user"] } },
  });
  for (const { actorId } of givers) {
    const subject = await loadSubject(database(), { id: actorId as string, active: true }, Date.now());
    expect(check(policy, subject, catalogue.capabilities.manageUsers as string, Date.now())).toBe("allow");
  }
}

test("names, times and history fit together", async () => {
  const at = nextInstant();
  await filled("patchmon", at);
  const users = await database().user.findMany({
    select: { id: true, createdAt: true, lastSignInAt: true, sessions: { select: { createdAt: true } } },
  });
  for (const { createdAt, lastSignInAt, sessions } of users) {
    const instants = sessions.map((session) => session.createdAt.getTime());
    expect(lastSignInAt?.getTime()).toBe(instants.length > 0 ? Math.max(...instants) : undefined);
    for (const instant of instants) {
      expect(instant).toBeGreaterThan(createdAt.getTime());
      expect(instant).toBeLessThanOrEqual(at.getTime());
    }
  }
  expect(await database().auditEvent.count({ where: { outcome: "refused" } })).toBeGreaterThan(50);
  expect(await database().auditEvent.count({ where: { door: "action", at: { gt: at } } })).toBe(0);
  const added = await database().auditEvent.count({ where: { action: "add user", outcome: "done" } });
  expect(added).toBe(users.length - 1);
  const roles = await database().role.findMany({
    where: { builtIn: false },
    select: { key: true, version: true },
  });
  expect(roles).toHaveLength(3);
  expect(await database().auditEvent.count({ where: { action: "edit role", outcome: "done" } })).toBe(6);
});

test("the same seed and instant give the same people", async () => {
  const at = nextInstant();
  const prints = [];
  for (let time = 0; time < 2; time += 1) {
    await filled("patchmon", at);
    const names = await database().user.findMany({
      select: { id: true, username: true, email: true, createdAt: true, lastSignInAt: true, active: true },
      orderBy: { id: "asc" },
    });
    prints.push({ names, sessions: (await stored()).sessions });
    if (time === 0) await close();
  }
  expect(prints[0]).toEqual(prints[1]);
});

test("where roles look at organizations, teams and managed lists, there are some", async () => {
  const { owner } = await filled("utmstack");
  const call = await signedInAs(owner);
  const { rows } = await runQuery(listOrganizations, call, {});
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(Math.min(row.teams, row.members)).toBeGreaterThan(0);
  const groups = await runQuery(listGroups, call, { attribute: "data_source" });
  expect(groups.rows.map(({ key }) => key)).toEqual(["cloud", "endpoints", "eu-firewalls"]);
  expect((await runQuery(listValues, call, { attribute: "asset_group" })).total).toBe(4);
});

test("T02, T08, T10: some of it is limited: a role by data and hours, contracts by their end, tasks by a few days", async () => {
  const at = nextInstant();
  const { owner } = await filled("utmstack", at);
  const call = await signedInAs(owner);
  const role = await runQuery(viewRole, call, { role: "service_desk" });
  expect(role.hours?.words).toBe("Mon–Fri 07:00–19:00 Europe/Amsterdam");
  const { policy } = await currentPolicy(database());
  expect(givenBy(policy, "service_desk").get("manage_alerts")).toEqual([
    {
      scope: "global",
      where: [
        { attribute: "data_source", test: "inGroup", values: ["eu-firewalls"] },
        { attribute: "severity", test: "gte", value: "medium" },
        { attribute: "occurred_at", test: "withinDays", value: 30 },
      ],
    },
  ]);
  const { active, open } = await runQuery(listRequests, call, {});
  expect([active.length, open.length]).toEqual([2, 2]);
  expect(open.map(({ grantWhy }) => grantWhy)).toEqual([undefined, undefined]);
  const contracts = { source: "local", endsAt: { gt: at } };
  expect(await database().assignment.count({ where: contracts })).toBeGreaterThan(3);
});

test("only an empty installation is filled, and every page says what it is", async () => {
  const { owner } = await filled("patchmon");
  const again = runCommand(fillWithDemo, systemCall("test"), { password });
  expect((await failure(again)).reason).toBe("not_empty");
  await runCommand(labelAsDemo, systemCall("test"), {});
  const { actor } = await signedInAs(owner);
  expect(actor.kind === "user" && actor.access.catalogue.label).toBe("Demo · PatchMon");
});
