import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemCall } from "#lib/kernel/call.ts";
import { database, lockAccess } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { syncDuePeople, syncOverdue } from "#lib/scim/index.ts";
import { crowd } from "#test/crowd.ts";
import { onAnotherInstance } from "#test/installation.ts";
import { person, signedIn } from "#test/people.ts";
import { openScimDoor, patch, type Send, scimToken } from "#test/scim-client.ts";
import { storeProvider } from "#test/sync.ts";

/** What is to be done after the answer, until a test lets it run. */
const later = vi.hoisted(() => ({ works: [] as (() => Promise<void>)[] }));
vi.mock("#lib/kernel/afterwards.ts", async (original) => ({
  ...(await original<typeof import("#lib/kernel/afterwards.ts")>()),
  doAfterwards: (work: () => Promise<void>) => void later.works.push(work),
}));
const afterwards = () => Promise.all(later.works.splice(0).map((work) => work()));

const size = 350;
let send: Send;
let ids: string[];
beforeAll(async () => {
  const door = await openScimDoor();
  await person({ roles: ["superadmin"], username: "root" });
  send = door.as(await scimToken({ provider: "company" }));
  return door.close;
});
const suspended = { value: "suspended", role: "readonly" };
const hosts = { value: "hosts", role: "host_manager" };
/** Whoever is in no group looks at everything, which whoever looks after hosts does too. */
const settings = { defaultRole: "readonly" };
beforeEach(async () => {
  await storeProvider({ rules: [suspended, hosts], settings });
  ids = await crowd(size, "readonly");
});
afterEach(async () => {
  await afterwards();
  await database().scimGroup.deleteMany();
  await database().user.deleteMany({ where: { id: { in: ids } } });
});

const values = (list: readonly string[]) => list.map((value) => ({ value }));
const grouped = async (displayName: string, members: readonly string[] = []) =>
  (await send("POST", "/Groups", { displayName, members: values(members) })).body.id as string;
const holding = (key: string) =>
  database().assignment.count({ where: { role: { key }, source: "scim", userId: { in: ids } } });
const due = () => database().scimUser.count({ where: { rolesDue: true } });
const synced = () => database().auditEvent.count({ where: { action: "sync roles", targetId: { in: ids } } });

const query = vi.spyOn(pg.Client.prototype, "query");
const statements = async (work: () => Promise<unknown>) => {
  query.mockClear();
  await work();
  return query.mock.calls.length;
};

test("a step of a hundred people takes twenty statements at the most", async () => {
  const group = await grouped("Hosts");
  const hundred = ids.slice(0, 100);
  await database().scimGroupMember.createMany({
    data: hundred.map((userId) => ({ userId, groupId: group })),
  });
  const step = async () => {
    await database().scimUser.updateMany({ where: { userId: { in: hundred } }, data: { rolesDue: true } });
    return statements(() => runCommand(syncDuePeople, systemCall("test"), { provider: "company" }));
  };
  expect(await step()).toBeLessThanOrEqual(20);
  expect(await holding("host_manager")).toBe(100);
  // Administrators, whose going has to leave others, take one proof for all of them.
  const admins = { value: "nobody", role: "admin" };
  await storeProvider({ rules: [{ ...hosts, role: "admin" }] });
  expect(await step()).toBeLessThanOrEqual(20);
  await storeProvider({ rules: [admins, hosts] });
  expect(await step()).toBeLessThanOrEqual(34);
  expect(await holding("host_manager")).toBe(100);
});

test("whoever only gains gets it after the answer, a hundred at a time, and each once", async () => {
  const group = await grouped("Hosts");
  const answer = await send(
    "PATCH",
    `/Groups/${group}`,
    patch({ op: "add", path: "members", value: values(ids) }),
  );
  expect(answer.status).toBe(204);
  expect([await holding("host_manager"), await due()]).toEqual([100, size - 100]);
  const running = afterwards();
  // Neither is over before the other: an instance that ends takes its connections along.
  await onAnotherInstance(() => Promise.all([running, syncOverdue(new Date())]));
  expect([await holding("host_manager"), await due(), await synced()]).toEqual([size, 0, size]);
});

test.each(["PUT", "PATCH", "DELETE"])(
  "whoever loses a group by %s has lost its role and the sessions at the answer",
  async (method) => {
    const group = await grouped("Hosts", ids);
    await afterwards();
    for (const id of ids) await signedIn({ id });
    const bodies: Record<string, object> = {
      PUT: { displayName: "Hosts" },
      PATCH: patch({ op: "replace", path: "displayName", value: "Something else" }),
    };
    expect((await send(method, `/Groups/${group}`, bodies[method])).status).toBeLessThan(300);
    expect([await holding("host_manager"), await holding("readonly")]).toEqual([0, size]);
    expect(await database().session.count({ where: { endedAt: null, userId: { in: ids } } })).toBe(0);
  },
);

test("whom joining a group takes something has lost it at the answer as well", async () => {
  await grouped("Hosts", ids);
  await afterwards();
  const group = await grouped("Suspended");
  await send("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: values(ids) }));
  expect([await holding("host_manager"), await holding("readonly")]).toEqual([0, size]);
});

test("many requests that leave people behind make one run, and it sees all of them", async () => {
  const groups = [await grouped("Hosts"), await grouped("Others"), await grouped("Suspended")];
  const parts = [ids.slice(0, 150), ids.slice(100, 250), ids.slice(200)];
  const answers = await Promise.all(
    groups.map((group, index) =>
      send(
        "PATCH",
        `/Groups/${group}`,
        patch({ op: "add", path: "members", value: values(parts[index] ?? []) }),
      ),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect(later.works.length).toBe(1);
  await afterwards();
  expect([await holding("host_manager"), await due(), await synced()]).toEqual([150, 0, 150]);
});

test("whoever else changes access comes in between two steps", async () => {
  const group = await grouped("Hosts");
  await send("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: values(ids) }));
  const running = afterwards();
  const left = await database().$transaction(async (tx) => {
    await lockAccess(tx);
    return tx.scimUser.count({ where: { rolesDue: true } });
  });
  expect(left).toBeGreaterThan(0);
  await running;
  expect(await due()).toBe(0);
});

test("whoever is left from a request that was cut off is housekeeping's, until it is told to stop", async () => {
  const group = await grouped("Hosts", ids);
  await afterwards();
  await database().scimGroupMember.deleteMany({ where: { groupId: group } });
  await database().scimUser.updateMany({ where: { userId: { in: ids } }, data: { rolesDue: true } });
  await syncOverdue(new Date(), AbortSignal.abort());
  expect(await due()).toBe(size);
  await syncOverdue(new Date());
  expect([await holding("host_manager"), await due()]).toEqual([0, 0]);
});

describe("a page of groups", () => {
  const groups = 35;
  const inEach = () => ids.slice(0, 340);
  beforeEach(async () => {
    const made = Array.from({ length: groups }, (_, number) => ({
      id: newId(),
      provider: "company",
      name: `Crowd ${number}`,
      nameKey: `crowd ${number}`,
      createdAt: new Date(),
      updatedAt: new Date(),
    }));
    await database().scimGroup.createMany({ data: made });
    const members = made.flatMap(({ id }) => inEach().map((userId) => ({ groupId: id, userId })));
    await database().scimGroupMember.createMany({ data: members });
  });

  /** As Okta does: goes on behind what it got until it has as many as there are. */
  async function paged(more: string) {
    const [found, pages]: [{ id: string; members?: object[] }[], number[]] = [[], []];
    for (let total = 1; found.length < total; ) {
      const { body } = await send("GET", `/Groups?count=100&startIndex=${found.length + 1}${more}`);
      expect([body.startIndex, body.itemsPerPage]).toEqual([found.length + 1, body.Resources.length]);
      expect(body.itemsPerPage).toBeGreaterThan(0);
      total = body.totalResults;
      pages.push(body.itemsPerPage);
      found.push(...body.Resources);
    }
    return { found, pages };
  }

  test("ends once it holds ten thousand members, and a client that goes on behind it gets each group once", async () => {
    const { found, pages } = await paged("");
    expect(pages).toEqual([29, 6]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(groups);
    expect(found.map(({ members = [] }) => members.length)).toEqual(Array(groups).fill(inEach().length));
  });

  test("holds all that are asked for where nobody asks for their members", async () => {
    expect((await paged("&excludedAttributes=members")).pages).toEqual([groups]);
  });

  test("groups without members count for nothing", async () => {
    await database().scimGroupMember.deleteMany();
    expect((await paged("")).pages).toEqual([groups]);
  });
});
