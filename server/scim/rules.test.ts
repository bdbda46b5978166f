import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { overlap } from "#test/overlap.ts";
import { callWith, type Person, person, rolesOf, signedIn } from "#test/people.ts";
import { newcomer, openScimDoor, patch, type ScimDoor, type Send, scimToken } from "#test/scim-client.ts";
import { stored } from "#test/stored.ts";
import { identify, noProviders, storeProvider } from "#test/sync.ts";
import { lastEvent } from "#test/trail.ts";

let door: ScimDoor;
let send: Send;
let root: Person;
beforeAll(async () => {
  door = await openScimDoor();
  root = await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken());
  return door.close;
});
beforeEach(async () => {
  await database().refusalCounter.deleteMany();
  await noProviders();
});

const off = patch({ op: "replace", value: { active: false } });
const account = (id: string) => database().user.findUniqueOrThrow({ where: { id } });

describe("an account that is here already", () => {
  test("is not found, not shown, not changed and not deleted, whatever it is called by", async () => {
    const { id, username, email } = await person({ roles: ["user"] });
    const before = await stored();
    for (const name of [id, id.toUpperCase(), "1", "0", "-1", username, email, `${id}%00`, "..", "me"]) {
      const path = `/Users/${encodeURIComponent(name)}`;
      for (const [method, body] of [["GET"], ["PUT", newcomer()], ["PATCH", off], ["DELETE"]] as const) {
        const { status } = await send(method, path, body);
        expect([method, name, [400, 404].includes(status) || (name === ".." && status === 405)]).toEqual([
          method,
          name,
          true,
        ]);
      }
    }
    for (const filter of [
      `id eq "${id}"`,
      `userName eq "${username}"`,
      `emails.value eq "${email}"`,
      `externalId eq "${id}"`,
    ])
      expect((await send("GET", `/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults).toBe(0);
    expect(await stored()).toEqual(before);
  });

  test("is not taken over by its username, its address, its id or an external id that looks like one", async () => {
    const victim = await person({ roles: ["user"] });
    const before = await stored();
    for (const likeness of [
      { userName: victim.username },
      { userName: victim.username.toUpperCase() },
      { emails: [{ value: victim.email }] },
      { emails: [{ value: victim.email.toUpperCase(), primary: true }] },
      { userName: victim.email, emails: [] },
      { userName: victim.username, emails: [{ value: victim.email }] },
    ]) {
      const { status, body } = await send("POST", "/Users", newcomer(likeness));
      expect([likeness, status, body.scimType]).toEqual([likeness, 409, "uniqueness"]);
    }
    expect(await stored()).toEqual(before);
    const { id } = (await send("POST", "/Users", newcomer({ id: victim.id, externalId: victim.id }))).body;
    expect(id).not.toBe(victim.id);
    const one = await send(
      "POST",
      "/Users",
      newcomer({ externalId: "1", ID: victim.id, meta: { location: "x" } }),
    );
    expect([one.status, one.body.externalId]).toEqual([201, "1"]);
    for (const change of [
      { op: "replace", path: "id", value: victim.id },
      { op: "replace", value: { id: victim.id, meta: { location: "x" }, groups: [{ value: "1" }] } },
    ]) {
      const { body } = await send("PATCH", `/Users/${id}`, patch(change));
      expect([body.id, body.groups, body.meta.resourceType]).toEqual([id, [], "User"]);
    }
    for (const change of [
      { op: "replace", path: 'emails[type eq "work"].value', value: victim.email },
      { op: "replace", path: "userName", value: victim.username },
    ]) {
      const { status, body } = await send("PATCH", `/Users/${id}`, patch(change));
      expect([status, body.scimType]).toEqual([409, "uniqueness"]);
    }
    expect(await account(victim.id)).toMatchObject({ username: victim.username, email: victim.email });
  });

  test("whose username another person's address makes leaves them a number", async () => {
    const { username } = await person({ roles: ["user"] });
    for (const number of [2, 3]) {
      const sent = newcomer({ userName: `${username}@other${number}.example.com`, emails: [] });
      const { status, body } = await send("POST", "/Users", sent);
      expect(status).toBe(201);
      expect((await account(body.id)).username).toBe(`${username}-${number}`);
    }
  });

  test("is taken over by its address alone, where the token says so, and never from another provider", async () => {
    const existing = door.as(await scimToken({ scopes: ["users", "existing"], provider: "a" }));
    const one = await person({ roles: ["host_manager"] });
    const byName = await existing("POST", "/Users", newcomer({ userName: one.username }));
    expect([byName.status, byName.body.scimType]).toEqual([409, "uniqueness"]);
    const sent = newcomer({ emails: [{ value: one.email }] });
    const { status, body } = await existing("POST", "/Users", sent);
    expect([status, body.id]).toEqual([201, one.id]);
    expect(await rolesOf(one)).toEqual(["host_manager"]);
    expect(await lastEvent()).toMatchObject({
      before: { username: one.username },
      after: { userName: sent.userName },
    });
    const other = door.as(await scimToken({ scopes: ["users", "existing"], provider: "b" }));
    expect((await other("POST", "/Users", newcomer({ emails: [{ value: one.email }] }))).status).toBe(409);
    const linked = await person({ roles: ["user"] });
    await identify(linked, { slug: "a" });
    const same = newcomer({ emails: [{ value: linked.email }] });
    expect((await other("POST", "/Users", same)).status).toBe(409);
    expect((await existing("POST", "/Users", same)).body.id).toBe(linked.id);
  });

  test("with an address that nobody vouched for loses the password that somebody else may know", async () => {
    const existing = door.as(await scimToken({ scopes: ["users", "existing"], provider: "e" }));
    const one = await person({ roles: ["user"] });
    await database().user.update({ where: { id: one.id }, data: { emailUnproven: true } });
    const token = await signedIn(one);
    const { body } = await existing("POST", "/Users", newcomer({ emails: [{ value: one.email }] }));
    expect(body.id).toBe(one.id);
    expect(await account(one.id)).toMatchObject({ passwordHash: null, emailUnproven: false });
    expect((await callWith(token)).actor.kind).toBe("anonymous");
  });

  test("that an administrator switched off stays off when it is taken over", async () => {
    const existing = door.as(await scimToken({ scopes: ["users", "existing"], provider: "c" }));
    const one = await person({ roles: ["user"], active: false });
    const { body } = await existing("POST", "/Users", newcomer({ emails: [{ value: one.email }] }));
    expect([body.id, body.active]).toEqual([one.id, false]);
  });

  test("and administers is not taken over, unless the token may change administrators", async () => {
    const sent = newcomer({ emails: [{ value: root.email }] });
    const existing = door.as(await scimToken({ scopes: ["users", "existing"], provider: "d" }));
    const before = await stored();
    const { status, body } = await existing("POST", "/Users", sent);
    expect([status, body.detail]).toEqual([403, expect.any(String)]);
    expect(await stored()).toEqual(before);
  });
});

describe("rank and lockout", () => {
  async function provisionedWith(role: string, source = "local") {
    const { id } = (await send("POST", "/Users", newcomer())).body;
    const { id: roleId } = await database().role.findUniqueOrThrow({ where: { key: role } });
    await database().assignment.updateMany({ where: { userId: id }, data: { roleId, source } });
    return id as string;
  }

  test.each(["superadmin", "admin"])(
    "whoever holds %s by what was given here is out of reach",
    async (role) => {
      const id = await provisionedWith(role);
      const token = await signedIn({ id });
      const before = await stored();
      for (const [method, body] of [["PUT", newcomer()], ["PATCH", off], ["DELETE"]] as const) {
        const { status, body: answer } = await send(method, `/Users/${id}`, body);
        expect([method, status, answer.detail]).toEqual([method, 403, expect.stringMatching(/\bnewcomer/)]);
      }
      expect(await lastEvent()).toMatchObject({
        action: "deprovision user",
        outcome: "refused",
        reason: "rank",
      });
      expect(await stored()).toEqual(before);
      expect((await callWith(token)).actor.kind).toBe("user");
      const above = door.as(await scimToken({ scopes: ["users", "administrators"] }));
      expect((await above("PATCH", `/Users/${id}`, off)).body.active).toBe(false);
    },
  );

  test("what a provider gave it may take away, and the account with it", async () => {
    const id = await provisionedWith("admin", "scim");
    expect((await send("PATCH", `/Users/${id}`, off)).body.active).toBe(false);
  });

  test("the last who manages users is neither switched off nor deleted, in the words of the rule", async () => {
    const provider = await storeProvider();
    const above = door.as(await scimToken({ scopes: ["users", "administrators", "existing"] }));
    const { id } = (await above("POST", "/Users", newcomer({ emails: [{ value: root.email }] }))).body;
    expect(id).toBe(root.id);
    const before = await stored();
    for (const [method, body] of [["PATCH", off], ["DELETE"]] as const) {
      const { status, body: answer } = await above(method, `/Users/${id}`, body);
      expect([method, status, answer.status]).toEqual([method, 409, "409"]);
      expect((await lastEvent()).reason).toMatch(/^(never_empty|last_holder)$/);
      expect(answer.scimType).toBeUndefined();
    }
    expect(await stored()).toEqual(before);
    const other = await person({ roles: ["superadmin"] });
    await identify(other, provider);
    expect((await above("PATCH", `/Users/${id}`, off)).body.active).toBe(false);
    expect(
      (await above("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: true } }))).status,
    ).toBe(200);
  });
});

describe("two at once", () => {
  test("who say the same name: one is added, the other is a conflict", async () => {
    for (const same of ["userName", "externalId", "emails"] as const) {
      const [one, other] = [newcomer(), newcomer()];
      const answers = await Promise.all([
        send("POST", "/Users", one),
        send("POST", "/Users", { ...other, [same]: one[same] }),
      ]);
      expect([same, answers.map(({ status }) => status).sort()]).toEqual([same, [201, 409]]);
      expect(answers.find(({ status }) => status === 409)?.body.scimType).toBe("uniqueness");
    }
    const groups = await Promise.all([1, 2].map(() => send("POST", "/Groups", { displayName: "Same" })));
    expect(groups.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test("a token that is revoked while its request waits for the lock changes nothing", async () => {
    const secret = await scimToken({ name: "revoked meanwhile" });
    const sent = newcomer();
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        await tx.scimToken.updateMany({
          where: { name: "revoked meanwhile" },
          data: { revokedAt: new Date() },
        });
      },
      () => door.as(secret)("POST", "/Users", sent),
    );
    expect(second).toMatchObject({ status: "fulfilled", value: { status: 401 } });
    expect(await database().scimUser.count({ where: { externalId: sent.externalId } })).toBe(0);
  });
});
