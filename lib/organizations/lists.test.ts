import { beforeAll, expect, test } from "vitest";
import { ownMembershipRefusal } from "#lib/assignments/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { joins, limitGrant, organization } from "#test/organizations.ts";
import { callAs, customRole, person } from "#test/people.ts";
import { failure, refused } from "#test/trail.ts";
import {
  editOrganization,
  findNewcomers,
  listMembers,
  listOrganizations,
  viewOrganization,
} from "./index.ts";

beforeAll(() => openInstallation("utmstack"));

const asAdmin = async () => callAs(await person({ roles: ["ADMINISTRATOR"] }));

/** Holds the right to manage organizations within limits. */
async function limitedHolder(key: string, limits: object[]) {
  await customRole(key, ["system_configuration"]);
  await limitGrant(key, "system_configuration", limits);
  return person({ roles: [key] });
}

test("organizations come by pages, found by their name and by those of their teams", async () => {
  for (let number = 10; number < 40; number += 1) await organization([], `Page ${number}`);
  const { id } = await organization(["Deep diving"], "Page zed");
  for (let number = 0; number < 2; number += 1) await joins(await person({ roles: ["VIEWER"] }), id);
  const call = await asAdmin();
  const first = await runQuery(listOrganizations, call, { q: "page" });
  expect([first.rows.length, first.total]).toEqual([25, 31]);
  const second = await runQuery(listOrganizations, call, { q: "page", after: first.next });
  expect(second.rows.at(-1)).toMatchObject({ name: "Page zed", teams: 1, members: 2 });
  expect((await runQuery(listOrganizations, call, { q: "page", before: second.previous })).rows).toEqual(
    first.rows,
  );
  expect((await runQuery(listOrganizations, call, { q: "DIVING" })).rows.map((row) => row.id)).toEqual([id]);
  const newest = await runQuery(listOrganizations, call, { q: "page", sort: "-created" });
  expect(newest.rows[0]?.id).toBe(id);
});

test("members are listed with their teams, searched, and narrowed to a team; refusals stand beside them", async () => {
  const { id, teams } = await organization(["Blue", "Red"]);
  const admin = await person({ roles: ["ADMINISTRATOR"], username: "adele", givenName: "Adele" });
  const bob = await person({ roles: ["VIEWER"], username: "bobby" });
  await joins(admin, id, teams.Blue);
  await joins(bob, id, teams.Blue);
  await joins(bob, id, teams.Red);
  await database().assignment.updateMany({ where: { userId: bob.id }, data: { teamId: teams.Red ?? "" } });
  const keeper = await callAs(
    await person({ roles: [await customRole("keeper", ["system_configuration"])] }),
  );
  const { rows } = await runQuery(listMembers, keeper, { organization: id });
  expect(rows).toMatchObject(
    [
      { username: "adele", you: false, removeWhy: /\badele\b/, teams: [{ name: "Blue" }] },
      { username: "bobby", teams: [{ name: "Blue" }, { name: "Red" }], removeWhy: undefined },
    ].map(({ removeWhy, ...row }) => ({ ...row, removeWhy: removeWhy && expect.stringMatching(removeWhy) })),
  );
  expect(rows[1]?.narrowed).toEqual({ organization: 0, teams: { [teams.Red ?? ""]: 1 } });
  const named = async (input: object) =>
    (await runQuery(listMembers, keeper, { organization: id, ...input })).rows.map((row) => row.username);
  expect(await named({ team: teams.Red })).toEqual(["bobby"]);
  expect(await named({ q: "ade" })).toEqual(["adele"]);
  expect(await named({ sort: "-username" })).toEqual(["bobby", "adele"]);
  const asAdele = await callAs(admin);
  const own = await runQuery(listMembers, asAdele, { organization: id, q: "adele" });
  expect(own.rows[0]?.removeWhy).toBe(ownMembershipRefusal(asAdele.actor, admin.id)?.message);
});

test("whom one might add: not who is there, and with the rule against it where there is one", async () => {
  const { id, teams } = await organization(["Blue"]);
  const inside = await person({ roles: ["VIEWER"], username: "finder-in" });
  await person({ roles: ["VIEWER"], username: "finder-out" });
  await joins(inside, id);
  const keeper = await callAs(
    await person({ roles: [await customRole("finder", ["system_configuration"])] }),
  );
  const find = async (team?: string) =>
    (await runQuery(findNewcomers, keeper, { organization: id, team, q: "finder-" })).people;
  expect(await find()).toMatchObject([{ username: "finder-out", why: undefined }]);
  const forTeam = await find(teams.Blue);
  expect(forTeam.map(({ username }) => username)).toEqual(["finder-in", "finder-out"]);
  for (const { why, username } of forTeam) expect(why).toMatch(new RegExp(`${username}.*Blue`));
});

test("T21: whoever holds the right for their own organizations sees those and no other, and changes none", async () => {
  const holder = await limitedHolder("own_organizations", [{ scope: "organization", where: [] }]);
  const [own, other] = [await organization(["Blue"]), await organization(["Red"])];
  await joins(holder, own.id);
  await joins(await person({ roles: ["VIEWER"] }), other.id);
  const call = await callAs(holder);
  const { rows, total } = await runQuery(listOrganizations, call, {});
  expect([rows.map(({ id }) => id), total]).toEqual([[own.id], 1]);
  expect(await runQuery(viewOrganization, call, { id: own.id })).toMatchObject({ mayManage: false });
  const gone = await failure(runQuery(viewOrganization, call, { id: other.id }));
  expect(gone.reason).toBe("organization_not_found");
  expect((await runQuery(listMembers, call, { organization: own.id })).total).toBe(1);
  expect((await runQuery(listMembers, call, { organization: other.id })).rows).toEqual([]);
  const forbidden = { code: "forbidden", reason: "missing_capability" } as const;
  await refused(editOrganization, call, { id: own.id, version: 1, name: "Mine" }, forbidden);
  expect((await failure(runQuery(findNewcomers, call, { organization: own.id }))).code).toBe("forbidden");
  // In the other one from the next request on.
  await joins(holder, other.id);
  expect((await runQuery(listOrganizations, await callAs(holder), {})).total).toBe(2);
});

test("a limit that no organization can pass shows none", async () => {
  const where = [{ attribute: "severity", test: "lte", value: "low" }];
  const holder = await limitedHolder("by_severity", [
    { scope: "organization", where },
    { scope: "team", where: [] },
  ]);
  const { id, teams } = await organization(["Blue"]);
  await joins(holder, id, teams.Blue);
  expect((await runQuery(listOrganizations, await callAs(holder), {})).total).toBe(0);
});
