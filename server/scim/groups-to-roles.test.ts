import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { callWith, person, rolesOf, signedIn } from "#test/people.ts";
import { newcomer, openScimDoor, patch, type ScimDoor, type Send, scimToken } from "#test/scim-client.ts";
import { noProviders, storeProvider } from "#test/sync.ts";

let door: ScimDoor;
let send: Send;
beforeAll(async () => {
  door = await openScimDoor();
  await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken({ provider: "company" }));
  return door.close;
});
beforeEach(noProviders);

const rules = [
  { value: "Bailiwick admins", role: "admin" },
  { value: "hosts", role: "host_manager" },
  { value: "00g-readers", role: "readonly" },
];
const added = async (given: object = {}) => (await send("POST", "/Users", newcomer(given))).body.id as string;
const grouped = async (displayName: string, ...ids: string[]) =>
  (await send("POST", "/Groups", { displayName, members: ids.map((value) => ({ value })) })).body
    .id as string;
const change = (group: string, op: string, id: string) =>
  send("PATCH", `/Groups/${group}`, patch({ op, path: "members", value: [{ value: id }] }));
let count = 0;
const named = (name: string) => [name, `${name} ${++count}`] as const;

describe("where the provider syncs roles", () => {
  test("groups make roles by its rules, by name and by id; a lost group loses the role and the sessions", async () => {
    await storeProvider({ rules });
    const id = await added();
    expect(await rolesOf({ id })).toEqual(["user"]);
    const hosts = await grouped("Hosts");
    await change(hosts, "Add", id);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    expect(await database().assignment.findFirstOrThrow({ where: { userId: id } })).toMatchObject({
      source: "scim",
      givenBy: "Company login",
    });
    const token = await signedIn({ id });
    await change(hosts, "Remove", id);
    await onAnotherInstance(async () => expect((await callWith(token)).actor.kind).toBe("anonymous"));
    expect(await rolesOf({ id })).toEqual(["user"]);
    const readers = {
      displayName: "Whatever it is called",
      externalId: "00g-readers",
      members: [{ value: id }],
    };
    const group = (await send("POST", "/Groups", readers)).body.id;
    expect(await rolesOf({ id })).toEqual(["readonly"]);
    await send("DELETE", `/Groups/${group}`);
    await send("DELETE", `/Groups/${hosts}`);
    expect(await rolesOf({ id })).toEqual(["user"]);
  });

  test("a group that is called otherwise gives its members other roles", async () => {
    await storeProvider({ rules });
    const id = await added();
    const group = await grouped("Something", id);
    expect(await rolesOf({ id })).toEqual(["user"]);
    const rename = (displayName: string) =>
      send("PATCH", `/Groups/${group}`, patch({ op: "Replace", path: "displayName", value: displayName }));
    await rename("hosts");
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    await rename("Something again");
    expect(await rolesOf({ id })).toEqual(["user"]);
  });

  test("an attribute makes roles as well, and one that is missing changes nothing", async () => {
    await storeProvider({
      rules: [{ claim: "title", value: "host boss", role: "host_manager" }],
      settings: { defaultRole: "readonly" },
    });
    const id = await added({ title: "Host Boss" });
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    await send("PATCH", `/Users/${id}`, patch({ op: "remove", path: "title" }));
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    await send("PATCH", `/Users/${id}`, patch({ op: "add", path: "title", value: "Clerk" }));
    expect(await rolesOf({ id })).toEqual(["readonly"]);
  });

  test("new people get the provider's default role", async () => {
    await storeProvider({ rules, settings: { defaultRole: "readonly" } });
    expect(await rolesOf({ id: await added() })).toEqual(["readonly"]);
  });

  test("whoever administers by a role that was given here keeps it", async () => {
    await storeProvider({ rules });
    const id = await added();
    const { id: roleId } = await database().role.findUniqueOrThrow({ where: { key: "admin" } });
    await database().assignment.updateMany({ where: { userId: id }, data: { roleId, source: "local" } });
    expect((await change(await grouped(named("hosts")[1]), "Add", id)).status).toBe(204);
    expect(await rolesOf({ id })).toEqual(["admin"]);
  });
});

test("groups make no roles where the provider does not sync, is switched off, or the token is of none", async () => {
  const none = door.as(await scimToken({ provider: "" }));
  for (const [state, as] of [
    [{ rules, syncRoles: false }, send],
    [{ rules, enabled: false }, send],
    [{ rules }, none],
  ] as const) {
    await storeProvider({ ...state, rules: [...state.rules, { value: "all", role: "host_manager" }] });
    const { id } = (await as("POST", "/Users", newcomer())).body;
    const group = (await as("POST", "/Groups", { displayName: "all", members: [{ value: id }] })).body.id;
    expect(await rolesOf({ id })).toEqual(["user"]);
    await as("DELETE", `/Groups/${group}`);
  }
});

describe("many", () => {
  const query = vi.spyOn(pg.Client.prototype, "query");
  const statements = async (work: () => Promise<unknown>) => {
    query.mockClear();
    await work();
    return query.mock.calls.length;
  };

  test("a page of a hundred takes as many statements as a page of one, and pages follow each other", async () => {
    const busy = door.as(await scimToken({ provider: "busy" }));
    const ids: string[] = [];
    for (let index = 0; index < 103; index += 1) ids.push((await busy("POST", "/Users", newcomer())).body.id);
    for (const displayName of ["a", "b"])
      await busy("POST", "/Groups", { displayName, members: ids.map((value) => ({ value })) });
    for (const [kind, more] of [
      ["Users", ""],
      ["Groups", ""],
      ["Users", `&filter=${encodeURIComponent("active eq true")}`],
    ]) {
      const one = await statements(() => busy("GET", `/${kind}?count=1${more}`));
      const all = await statements(() => busy("GET", `/${kind}?count=100${more}`));
      expect(all).toBe(one);
      expect(all).toBeLessThan(6);
    }
    const page = async (startIndex: number, size: number) =>
      (await busy("GET", `/Users?startIndex=${startIndex}&count=${size}`)).body;
    const first = await page(1, 100);
    expect([first.totalResults, first.itemsPerPage, first.startIndex]).toEqual([103, 100, 1]);
    const second = await page(101, 100);
    expect([second.totalResults, second.itemsPerPage, second.startIndex]).toEqual([103, 3, 101]);
    const seen = [...first.Resources, ...second.Resources].map((one: { id: string }) => one.id);
    expect(seen).toEqual([...ids].sort());
    expect((await page(104, 100)).Resources).toEqual([]);
    expect(await page(-5, 0)).toMatchObject({
      startIndex: 1,
      itemsPerPage: 0,
      totalResults: 103,
      Resources: [],
    });
    expect((await page(1, 5000)).itemsPerPage).toBe(100);
  });

  test("members of a group come and go in as many statements as one", async () => {
    const busy = door.as(await scimToken({ provider: "busy" }));
    const everybody = (await busy("GET", "/Users?count=100")).body.Resources.map(
      ({ id }: { id: string }) => ({ value: id }),
    );
    const { id } = (await busy("POST", "/Groups", { displayName: "many" })).body;
    const put = (members: object[]) =>
      statements(() => busy("PUT", `/Groups/${id}`, { displayName: "many", members }));
    const one = await put(everybody.slice(0, 1));
    expect(await put(everybody)).toBeLessThanOrEqual(one + 1);
    expect(await put([])).toBeLessThanOrEqual(one + 1);
  });
});
