import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database, lockAccess, type Tx, transaction } from "#lib/kernel/database.ts";
import { saveRules } from "#lib/sso/index.ts";
import { setUserRoles } from "#lib/users/index.ts";
import { overlap } from "#test/overlap.ts";
import { callAs, person, rolesOf } from "#test/people.ts";
import { newcomer, openScimDoor, patch, type ScimDoor, type Send, scimToken } from "#test/scim-client.ts";
import { noProviders, storeProvider } from "#test/sync.ts";

const rules = [
  { claim: "groups", value: "it", role: "host_manager" },
  { claim: "groups", value: "bakery", role: "host_manager" },
  { claim: "department", value: "Audit", role: "readonly" },
];
const inSales = { department: "Sales" };
const replace = (path: string, value: unknown) => patch({ op: "replace", path, value });
const off = replace("active", false);

let door: ScimDoor;
let send: Send;
let local: Send;
beforeAll(async () => {
  door = await openScimDoor();
  await person({ roles: ["superadmin"] });
  return door.close;
});
beforeEach(async () => {
  await noProviders();
  await database().scimGroup.deleteMany();
  await storeProvider({ rules });
  send = door.as(await scimToken({ provider: "company" }));
  local = door.as(await scimToken());
});

async function brought(by = send, more: object = inSales) {
  const sent = newcomer(more);
  const { status, body } = await by("POST", "/Users", sent);
  expect(status).toBe(201);
  return { sent, id: String(body.id), path: `/Users/${body.id}` };
}
const account = (id: string) => database().user.findUniqueOrThrow({ where: { id } });

/** While somebody else changes access, and does not end. */
const whileLocked = <T>(work: (tx: Tx) => Promise<T>) =>
  transaction(async (tx) => {
    await lockAccess(tx);
    return work(tx);
  });

/** Answers what was sent while somebody else held the lock; fails when it did not wait for them. */
async function waited(sent: () => ReturnType<Send>) {
  const { second } = await overlap(lockAccess, sent);
  if (second.status === "rejected") throw second.reason;
  return second.value.status;
}

describe("what says nothing of access waits for nobody who changes it", () => {
  test.each(["a provider with rules", "no provider"])("%s", async (whose) => {
    const by = whose === "no provider" ? local : send;
    const { id, path, sent } = await brought(by);
    await whileLocked(async () => {
      for (const [name, value] of [
        ["title", "Baker"],
        ["name.familyName", "Moved"],
        ["nickName", "Moe"],
        ["addresses", [{ type: "work", locality: "Ghent" }]],
        ["active", true],
      ] as const)
        expect([name, (await by("PATCH", path, replace(name, value))).status]).toEqual([name, 200]);
      expect((await by("PUT", path, { ...sent, title: "Baker" })).status).toBe(200);
      expect((await by("PUT", path, { ...sent, title: "Baker" })).status).toBe(200);
      expect((await by("PATCH", path, replace("emails", [{ value: `${id}@example.org` }]))).status).toBe(200);
    });
    expect(await account(id)).toMatchObject({ email: `${id}@example.org`, active: true });
    expect(await rolesOf({ id })).toEqual(["user"]);
  });

  test("a group that is sent again as it is", async () => {
    const { id } = await brought();
    const group = { displayName: "bakery", members: [{ value: id }] };
    const { body } = await send("POST", "/Groups", group);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
    const path = `/Groups/${body.id}`;
    await whileLocked(async () => {
      expect((await send("PUT", path, group)).status).toBe(200);
      const again = patch({ op: "add", path: "members", value: [{ value: id }] });
      expect((await send("PATCH", path, again)).status).toBe(204);
    });
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
  });
});

describe("what may change access takes the lock", () => {
  test("active, on and off", async () => {
    const { id, path } = await brought();
    expect(await waited(() => send("PATCH", path, off))).toBe(200);
    expect((await account(id)).active).toBe(false);
    expect(await waited(() => send("PATCH", path, replace("active", true)))).toBe(200);
    expect((await account(id)).active).toBe(true);
  });

  test("an attribute that a rule reads", async () => {
    const { id, path } = await brought();
    expect(await waited(() => send("PATCH", path, replace("department", "Audit")))).toBe(200);
    expect(await rolesOf({ id })).toEqual(["readonly"]);
  });

  test("also where it moves nobody: whoever changes groups at the same instant went by the old one", async () => {
    const { id, path } = await brought();
    await send("POST", "/Groups", { displayName: "IT", members: [{ value: id }] });
    expect(await waited(() => send("PATCH", path, replace("department", "Audit")))).toBe(200);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
  });

  test("anything, once other rules give somebody other roles", async () => {
    const { id, path } = await brought();
    await storeProvider({ rules: [...rules, { claim: "department", value: "Sales", role: "host_manager" }] });
    expect(await waited(() => send("PATCH", path, replace("title", "Baker")))).toBe(200);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
  });

  test("who is in a group, and what it is called", async () => {
    const { id } = await brought();
    const { body } = await send("POST", "/Groups", { displayName: "Kitchen", members: [] });
    const path = `/Groups/${body.id}`;
    const join = patch({ op: "add", path: "members", value: [{ value: id }] });
    expect(await waited(() => send("PATCH", path, join))).toBe(204);
    expect(await waited(() => send("PATCH", path, replace("displayName", "bakery")))).toBe(204);
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
  });
});

describe("what was true without the lock is true at the end", () => {
  test("somebody is made an administrator meanwhile: a client does not rename them", async () => {
    const { id, path } = await brought(local);
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        const context = { call, actor: call.actor, at: call.at.getTime(), tx };
        return setUserRoles.run(
          context,
          setUserRoles.input.parse({ id, roles: ["admin"], confirmed: ["admin"] }),
        );
      },
      () => local("PATCH", path, replace("emails", [{ value: "thief@example.org" }])),
    );
    expect(second).toMatchObject({ status: "fulfilled", value: { status: 403 } });
    expect((await account(id)).email).not.toBe("thief@example.org");
  });

  test("a rule for the attribute is saved meanwhile: it counts", async () => {
    const { id, path } = await brought();
    const call = await callAs(await person({ roles: ["superadmin"] }));
    const { version } = await database().identityProvider.findUniqueOrThrow({ where: { slug: "company" } });
    const titled = [...rules, { claim: "title", value: "Baker", role: "host_manager" }];
    await send("PATCH", path, replace("title", "Cook"));
    const { second } = await overlap(
      async (tx) => {
        await lockAccess(tx);
        const context = { call, actor: call.actor, at: call.at.getTime(), tx };
        return saveRules.run(
          context,
          saveRules.input.parse({ slug: "company", version, rules: titled, confirmed: [] }),
        );
      },
      () => send("PATCH", path, replace("title", "Baker")),
    );
    expect(second).toMatchObject({ status: "fulfilled", value: { status: 200 } });
    expect(await rolesOf({ id })).toEqual(["host_manager"]);
  });

  test("switched off here meanwhile: a client that says nothing of it does not switch them on", async () => {
    const { id, path } = await brought(local);
    const { second } = await overlap(
      (tx) => tx.user.update({ where: { id }, data: { active: false } }),
      () => local("PATCH", path, replace("title", "Baker")),
    );
    expect(second).toMatchObject({ status: "fulfilled", value: { status: 200, body: { active: false } } });
    expect((await account(id)).active).toBe(false);
  });
});
