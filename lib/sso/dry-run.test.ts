import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { holdAs } from "#test/assignments.ts";
import { openInstallation } from "#test/installation.ts";
import { type Person, person, rolesOf } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { brakeRefusal, dryRun, type WantedMapping } from "./index.ts";

const at = new Date();
const company = { slug: "company" };
const wanted = (rules: [value: string, role: string][], defaultRole?: string): WantedMapping => ({
  ...company,
  rules: rules.map(([value, role]) => ({ claim: "groups", value, role })),
  settings: { defaultRole },
});
const groups = (...names: string[]) => ({ groups: names });
const run = async (mapping: WantedMapping, asked: Partial<Parameters<typeof dryRun>[2]> = {}) =>
  dryRun(database(), await currentPolicy(database()), { mapping, at: at.getTime(), ...asked });
const brake = (mapping: WantedMapping) =>
  database().$transaction(async (tx) => {
    await lockAccess(tx);
    return brakeRefusal(tx, at, mapping);
  });
const names = (rows: readonly { username: string }[]) => rows.map(({ username }) => username);

beforeEach(async () => {
  await noProviders();
  await storeProvider({ syncRoles: false });
});

describe("with the PatchMon catalogue", () => {
  let superadmin: Person;
  beforeAll(async () => {
    const close = await openInstallation();
    superadmin = await person({ roles: ["superadmin"], username: "zoe" });
    return close;
  });

  test("says who would gain, lose, stay and be left alone, and changes nothing", async () => {
    const anna = await person({ roles: ["user"], username: "anna" });
    const ben = await person({ roles: ["host_manager"], username: "ben" });
    const cleo = await person({ roles: ["host_manager"], username: "cleo" });
    const dora = await person({ roles: ["user"], username: "dora", active: false });
    const emil = await person({ roles: ["host_manager"], username: "emil" });
    await person({ roles: ["user"], username: "faye" });
    await identify(anna, company, groups("hosts"));
    await identify(ben, company, groups("hosts"));
    await identify(cleo, company, {});
    await identify(dora, company, groups());
    await identify(emil, company, groups("hosts"));
    await holdAs(emil, "host_manager", { end: new Date(at.getTime() + 86_400_000) });
    const mapping = wanted([["hosts", "host_manager"]], "readonly");
    const before = await stored();
    const tried = await run(mapping);
    expect(await stored()).toEqual(before);
    expect(tried).toMatchObject({
      known: 5,
      unknown: 2,
      counts: { loses: 2, gains: 1, stays: 1, unread: 1 },
      gone: [],
      idle: false,
    });
    const of = (username: string) => tried.rows.find((row) => row.username === username);
    expect(of("anna")).toMatchObject({ gains: ["host_manager"], loses: ["user"], after: ["host_manager"] });
    expect(of("ben")).toMatchObject({ gains: [], loses: [], after: ["host_manager"] });
    expect(of("cleo")).toMatchObject({ unread: { why: "claim_missing", claim: "groups" } });
    expect(of("dora")).toMatchObject({ active: false, gains: ["readonly"], loses: ["user"] });
    expect(of("emil")).toMatchObject({ gains: ["host_manager"], loses: [] });
    expect(await rolesOf(anna)).toEqual(["user"]);

    expect(names((await run(mapping, { show: "loses" })).rows)).toEqual(["anna", "dora"]);
    expect((await run(wanted([["hosts", "ghost"]]))).idle).toBe(true);
    expect((await run(wanted([["hosts", "ghost"]]))).counts).toMatchObject({ loses: 0, gains: 0 });
    expect(
      (
        await run(
          wanted(
            [
              ["hosts", "ghost"],
              ["x", "user"],
            ],
            "phantom",
          ),
        )
      ).gone,
    ).toEqual(["ghost", "phantom"]);
  });

  test("goes on behind the last name of a page, whatever its counts", async () => {
    const mapping = wanted([["hosts", "host_manager"]], "readonly");
    const first = await run(mapping, { size: 2 });
    expect([names(first.rows), first.next, first.known]).toEqual([["anna", "ben"], "ben", 5]);
    const second = await run(mapping, { size: 2, after: first.next });
    expect([names(second.rows), second.next, second.known]).toEqual([["cleo", "dora"], "dora", 5]);
    const third = await run(mapping, { size: 2, after: second.next });
    expect([names(third.rows), third.next, third.known]).toEqual([["emil"], undefined, 5]);
  });

  test("U11: the brake stops a mapping that would take the last administrators' roles", async () => {
    const taking = wanted([
      ["supers", "superadmin"],
      ["admins", "admin"],
      ["hosts", "host_manager"],
    ]);
    // Whoever never came through the provider keeps their roles.
    expect(await brake(taking)).toBeUndefined();
    await identify(superadmin, company, groups("hosts"));
    expect(await brake(taking)).toMatchObject({ code: "conflict", reason: "sync_brake" });
    // Without a rule for superadmins they are not the provider's to take.
    expect(await brake(wanted([["hosts", "host_manager"]]))).toBeUndefined();
    expect(await brake(wanted([]))).toBeUndefined();
    // Admins may manage users here, but superadmins may not run empty.
    await identify(superadmin, company, groups("admins"));
    expect(await brake(taking)).toMatchObject({ reason: "sync_brake" });
    await identify(superadmin, company, {});
    expect(await brake(taking)).toBeUndefined();
    await identify(superadmin, company, groups("supers"));
    expect(await brake(taking)).toBeUndefined();
    // Somebody else who would get it is enough, once they can sign in.
    await identify(superadmin, company, groups("hosts"));
    const heir = await person({ roles: ["user"], active: false });
    await identify(heir, company, groups("supers"));
    expect(await brake(taking)).toMatchObject({ reason: "sync_brake" });
    await database().user.update({ where: { id: heir.id }, data: { active: true } });
    expect(await brake(taking)).toBeUndefined();
  });
});

describe("with the Rudder catalogue", () => {
  beforeAll(() => openInstallation("rudder"));

  test("a role that blocks what others give is no administrator's", async () => {
    const one = await person({ roles: ["administrator"] });
    await identify(one, company, groups("admins", "blocked"));
    expect(await brake(wanted([["admins", "administrator"]]))).toBeUndefined();
    const blocked = wanted([
      ["admins", "administrator"],
      ["blocked", "no_rights"],
    ]);
    expect(await brake(blocked)).toMatchObject({ reason: "sync_brake" });
  });
});
