import { beforeAll, describe, expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { callWith, person, signedIn } from "#test/people.ts";
import { openScimDoor, patch, type Send, scimToken } from "#test/scim-client.ts";
import { lastEvent } from "#test/trail.ts";

let send: Send;
let origin: string;
beforeAll(async () => {
  const door = await openScimDoor();
  await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken());
  origin = door.origin;
  return door.close;
});

const find = (userName: string) => `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`;
const listed = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const failed = "urn:ietf:params:scim:api:messages:2.0:Error";

/** As Okta's reference of SCIM 2.0 has them. */
const testUser = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "test.user@okta.local",
  name: { givenName: "Test", familyName: "User" },
  emails: [{ primary: true, value: "test.user@okta.local", type: "work" }],
  displayName: "Test User",
  locale: "en-US",
  externalId: "00ujl29u0le5T6Aj10h7",
  groups: [],
  password: "1mz050nq",
  active: true,
};

describe("Okta's requests", () => {
  test("the probe on saving the settings finds two empty lists, with numbers as numbers", async () => {
    for (const path of ["/Users?startIndex=1&count=2", "/Groups?startIndex=1&count=100"]) {
      const { status, headers, body } = await send("GET", path);
      expect(status).toBe(200);
      expect(headers["content-type"]).toContain("application/scim+json");
      expect(body).toEqual({
        schemas: [listed],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  let id: string;
  test("somebody who is not found by name is added, and shown as they were sent, without the password", async () => {
    const lookup = await send("GET", `${find(testUser.userName)}&startIndex=1&count=100`);
    expect(lookup.body.totalResults).toBe(0);
    const { status, headers, body } = await send("POST", "/Users", testUser);
    expect(status).toBe(201);
    id = body.id;
    const { password: _, ...sent } = testUser;
    expect(body).toEqual({
      ...sent,
      id,
      meta: {
        resourceType: "User",
        created: expect.stringMatching(/Z$/),
        lastModified: expect.stringMatching(/Z$/),
        location: `${origin}/scim/v2/Users/${id}`,
      },
    });
    expect(headers.location).toBe(`${origin}/scim/v2/Users/${id}`);
    const row = await database().user.findUniqueOrThrow({ where: { id }, include: { scimUser: true } });
    expect(row).toMatchObject({ username: "test.user", email: "test.user@okta.local", passwordHash: null });
    expect(JSON.stringify(row)).not.toContain("1mz050nq");
    expect(await lastEvent()).toMatchObject({
      action: "provision user",
      outcome: "done",
      actorKind: "client",
      actorName: "Okta",
      door: "api",
      targetId: id,
      after: { username: "test.user", roles: ["user"], active: true, userName: "test.user@okta.local" },
    });
  });

  test("adding them again is a conflict, in SCIM's shape", async () => {
    const { status, body } = await send("POST", "/Users", { ...testUser, externalId: "another" });
    expect(status).toBe(409);
    expect(body).toEqual({
      schemas: [failed],
      status: "409",
      scimType: "uniqueness",
      detail: expect.any(String),
    });
  });

  test("a whole new description by PUT keeps who they are", async () => {
    const { body: present } = await send("GET", `/Users/${id}`);
    const name = { givenName: "Another", middleName: "Excited", familyName: "User" };
    const { status, body } = await send("PUT", `/Users/${id}`, { ...present, name });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, name, active: true, displayName: "Test User" });
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      givenName: "Another",
    });
  });

  test("switching off without a path ends sessions at once; switching on by PUT lets them in again", async () => {
    const token = await signedIn({ id });
    expect((await callWith(token)).actor.kind).toBe("user");
    const { status, body } = await send(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "replace", value: { active: false } }),
    );
    expect([status, body.active]).toEqual([200, false]);
    expect((await callWith(token)).actor.kind).toBe("anonymous");
    expect(await lastEvent()).toMatchObject({
      action: "update provisioned user",
      before: { active: true },
      after: { active: false, sessionsEnded: 1 },
    });
    const again = await send("PUT", `/Users/${id}`, { ...body, active: true });
    expect(again.body.active).toBe(true);
    const off = await send("PUT", `/Users/${id}`, { ...body, active: false });
    expect(off.body.active).toBe(false);
    expect((await send("GET", `/Users/${id}`)).body.active).toBe(false);
  });

  test("the SPEC test: list, one, unknown ones, a new one, the same again, another case", async () => {
    const list = await send("GET", "/Users");
    expect(list.body.Resources[0]).toMatchObject({
      id: expect.any(String),
      name: { familyName: expect.any(String), givenName: expect.any(String) },
      userName: expect.any(String),
      active: expect.any(Boolean),
      emails: [{ value: expect.any(String) }],
    });
    expect((await send("GET", find("abcdefgh@atko.com"))).body.totalResults).toBe(0);
    const unknown = await send("GET", "/Users/invaliduserid");
    expect([unknown.status, unknown.body.schemas]).toEqual([404, [failed]]);
    expect(unknown.body.detail).toMatch(/^Not found/);
    const userName = "Runscope258Fuhpfuwaw309@atko.com";
    const sent = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      name: { givenName: "Runscope258", familyName: "Fuhpfuwaw309" },
      emails: [{ primary: true, value: userName, type: "work" }],
      displayName: "Runscope258 Fuhpfuwaw309",
      active: true,
    };
    const made = await send("POST", "/Users", sent, { "content-type": "application/json" });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(sent);
    expect((await send("GET", `/Users/${made.body.id}`)).body).toMatchObject(sent);
    expect((await send("POST", "/Users", sent)).status).toBe(409);
    expect((await send("GET", find(userName.toUpperCase()))).body.totalResults).toBe(1);
  });

  test("groups: pushed empty, members changed and named again each time, replaced, taken away", async () => {
    const [one, two] = (await send("GET", "/Users")).body.Resources;
    const made = await send("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "Test SCIMv2",
      members: [],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      displayName: "Test SCIMv2",
      members: [],
      meta: { resourceType: "Group" },
    });
    const path = `/Groups/${made.body.id}`;
    const members = async () =>
      (await send("GET", path)).body.members.map(({ value }: { value: string }) => value).sort();
    const rename = { op: "replace", value: { id: made.body.id, displayName: "Test SCIMv20" } };
    expect((await send("PATCH", path, patch(rename))).status).toBe(204);
    await send(
      "PATCH",
      path,
      patch({ op: "add", path: "members", value: [{ value: one.id, display: "x" }] }),
    );
    expect(await members()).toEqual([one.id]);
    const swapped = patch(
      { op: "remove", path: `members[value eq "${one.id}"]` },
      { op: "add", path: "members", value: [{ value: two.id, display: "y" }] },
    );
    expect(await send("PATCH", path, swapped)).toMatchObject({ status: 204 });
    expect(await members()).toEqual([two.id]);
    const both = [{ value: one.id }, { value: two.id }];
    await send("PATCH", path, patch({ op: "replace", path: "members", value: both }));
    expect(await members()).toEqual([one.id, two.id].sort());
    expect((await send("GET", `/Users/${one.id}`)).body.groups).toMatchObject([
      { value: made.body.id, display: "Test SCIMv20" },
    ]);
    const put = await send("PUT", path, {
      ...made.body,
      displayName: "By PUT",
      members: [{ value: two.id }],
    });
    expect(put.body).toMatchObject({ displayName: "By PUT", members: [{ value: two.id }] });
    expect((await send("DELETE", path)).status).toBe(204);
    expect((await send("GET", path)).status).toBe(404);
  });
});
