import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { callWith, person, signedIn } from "#test/people.ts";
import { openScimDoor, patch, type Send, scimToken } from "#test/scim-client.ts";
import { lastEvent } from "#test/trail.ts";

let send: Send;
beforeAll(async () => {
  const door = await openScimDoor();
  await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken({ name: "Entra" }));
  return door.close;
});

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const filtered = (kind: string, filter: string, more = "") =>
  `/${kind}?filter=${encodeURIComponent(filter)}${more}`;

/** As Microsoft's page on developing a SCIM endpoint has them. */
const testUser = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
  externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
  userName: "Test_User_00aa00aa-bb11-cc22-dd33-44ee44ee44ee",
  active: true,
  emails: [{ primary: true, type: "work", value: "Test_User_11bb11bb@testuser.com" }],
  meta: { resourceType: "User" },
  name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
  roles: [],
  [enterprise]: { department: "Engineering", manager: { value: "42" } },
};

describe("Entra's requests", () => {
  let id: string;
  test("the test of the connection finds nobody and no group, and that is no error", async () => {
    const unknown = "9c4a3c8c-5a0b-4d7f-bb3c-000000000000";
    for (const path of [
      filtered("Users", `userName eq "${unknown}"`),
      filtered("Groups", `displayName eq "${unknown}"`, "&excludedAttributes=members"),
    ]) {
      const { status, body } = await send("GET", path);
      expect([status, body.totalResults, body.Resources]).toEqual([200, 0, []]);
    }
  });

  test("somebody is added with everything that was said of them", async () => {
    const { status, body } = await send("POST", "/Users", testUser);
    expect(status).toBe(201);
    id = body.id;
    const { meta: _, ...sent } = testUser;
    expect(body).toMatchObject({ ...sent, id, active: true });
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      username: testUser.userName,
      email: "Test_User_11bb11bb@testuser.com",
    });
  });

  test("every matching attribute finds them, alone and together with others", async () => {
    const address = testUser.emails[0]?.value.toUpperCase();
    const found = [
      `userName eq "${testUser.userName.toLowerCase()}"`,
      `externalId eq "${testUser.externalId}"`,
      `emails[type eq "work"].value eq "${address}"`,
      `emails[type eq "work" and value eq "${address}"]`,
      `emails.value eq "${address}"`,
      `id eq "${id}"`,
      "active eq true",
      `name.familyName eq "FAMILYNAME"`,
      `${enterprise}:department eq "engineering"`,
      `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "${testUser.userName}"`,
      `active eq "True" and externalId eq "${testUser.externalId}" and userName eq "${testUser.userName}"`,
    ];
    for (const filter of found) {
      const { body } = await send("GET", filtered("Users", filter));
      expect([filter, body.totalResults, body.Resources?.[0]?.id]).toEqual([filter, 1, id]);
    }
    const missed = [
      `externalId eq "${testUser.externalId.toUpperCase()}"`,
      `emails[type eq "home"].value eq "${address}"`,
      `userName eq "${testUser.userName}" and active eq false`,
      `id eq "${testUser.externalId}"`,
      "externalId eq 1",
    ];
    for (const filter of missed) {
      const { status, body } = await send("GET", filtered("Users", filter));
      expect([filter, status, body.totalResults]).toEqual([filter, 200, 0]);
    }
  });

  test("attributes change one by one, with capital operations, also those that were not there", async () => {
    const change = patch(
      { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@microsoft.com" },
      { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+1 555" },
      { op: "Add", path: "title", value: "tester" },
      { op: "Add", path: `${enterprise}:employeeNumber`, value: "701984" },
      { op: "Remove", path: `${enterprise}:manager` },
    );
    const { status, body } = await send("PATCH", `/Users/${id}`, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      emails: [{ value: "updatedEmail@microsoft.com", type: "work", primary: true }],
      name: { formatted: "givenName familyName", familyName: "updatedFamilyName", givenName: "givenName" },
      phoneNumbers: [{ type: "mobile", value: "+1 555" }],
      title: "tester",
      [enterprise]: { department: "Engineering", employeeNumber: "701984" },
    });
    expect(body[enterprise]).not.toHaveProperty("manager");
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      email: "updatedEmail@microsoft.com",
      familyName: "updatedFamilyName",
    });
    const all = patch({
      op: "replace",
      value: { "name.givenName": "Pat", [`${enterprise}:department`]: "IT" },
    });
    expect((await send("PATCH", `/Users/${id}`, all)).body).toMatchObject({
      name: { givenName: "Pat" },
      [enterprise]: { department: "IT" },
    });
  });

  test("a new user name is a new username; an address gives what stands before the @", async () => {
    const userName = "5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com";
    const { body } = await send(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Replace", path: "userName", value: userName }),
    );
    expect(body.userName).toBe(userName);
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      username: "5b50642d-79fc-4410-9e90-4c077cdd1a59",
      email: "updatedEmail@microsoft.com",
    });
  });

  test.each([false, "False"])("switching off with %j ends sessions at once", async (value) => {
    const token = await signedIn({ id });
    const { body } = await send("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value }));
    expect(body.active).toBe(false);
    expect((await callWith(token)).actor.kind).toBe("anonymous");
    const found = await send("GET", filtered("Users", `userName eq "${body.userName}"`));
    expect(found.body.Resources[0].active).toBe(false);
    const on = await send("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: "True" }));
    expect(on.body.active).toBe(true);
  });

  test("groups: empty at first, looked up without members, members by lists of values, nothing returned", async () => {
    const made = await send("POST", "/Groups", {
      schemas: [
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
      ],
      externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
      displayName: "displayName",
      meta: { resourceType: "Group" },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ displayName: "displayName", members: [] });
    const path = `/Groups/${made.body.id}`;
    const again = await send("POST", "/Groups", { displayName: "DISPLAYNAME" });
    expect([again.status, again.body.scimType]).toEqual([409, "uniqueness"]);

    const value = [{ $ref: null, value: id }];
    const add = await send("PATCH", path, patch({ op: "Add", path: "members", value }));
    expect([add.status, add.body]).toEqual([204, ""]);
    expect(await lastEvent()).toMatchObject({
      action: "update provisioned group",
      actorName: "Entra",
      targetKind: "provisioned group",
      targetName: "displayName",
      before: { members: 0 },
      after: { members: 1, added: ["5b50642d-79fc-4410-9e90-4c077cdd1a59"], removed: [] },
    });
    const plain = await send("GET", `${path}?excludedAttributes=members`);
    expect(plain.body).not.toHaveProperty("members");
    const asked = await send(
      "GET",
      filtered("Groups", `id eq "${made.body.id}" and members eq "${id}"`, "&excludedAttributes=members"),
    );
    expect(asked.body.totalResults).toBe(1);
    expect(asked.body.Resources[0]).not.toHaveProperty("members");
    const found = await send("GET", filtered("Groups", 'displayName eq "DisplayName"'));
    expect(found.body.Resources[0].members).toMatchObject([{ value: id, type: "User" }]);

    await send("PATCH", path, patch({ op: "Remove", path: "members", value }));
    expect((await send("GET", path)).body.members).toEqual([]);
    const renamed = patch({ op: "Replace", path: "displayName", value: "1879db59updatedDisplayName" });
    expect((await send("PATCH", path, renamed)).status).toBe(204);
    expect((await send("GET", path)).body.displayName).toBe("1879db59updatedDisplayName");
    expect((await send("DELETE", path)).status).toBe(204);
  });

  test("who is deleted there is deleted here, and may come again", async () => {
    expect((await send("DELETE", `/Users/${id}`)).status).toBe(204);
    expect((await send("GET", `/Users/${id}`)).status).toBe(404);
    expect((await send("DELETE", `/Users/${id}`)).status).toBe(404);
    expect(await database().user.findUnique({ where: { id } })).toBeNull();
    const again = await send("POST", "/Users", testUser);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(id);
  });

  test("what SCIM can do is told as lists without nulls", async () => {
    const config = await send("GET", "/ServiceProviderConfig");
    expect(config.body).toMatchObject({ patch: { supported: true }, bulk: { supported: false } });
    for (const [path, ids] of [
      ["/ResourceTypes", ["User", "Group"]],
      ["/Schemas", [testUser.schemas[0], enterprise, "urn:ietf:params:scim:schemas:core:2.0:Group"]],
    ] as const) {
      const { body } = await send("GET", path);
      expect(body.totalResults).toBe(ids.length);
      expect(body.Resources.map((one: { id: string }) => one.id)).toEqual(ids);
      expect(JSON.stringify(body)).not.toContain("null");
      for (const one of ids) expect((await send("GET", `${path}/${one}`)).body.id).toBe(one);
    }
  });
});
