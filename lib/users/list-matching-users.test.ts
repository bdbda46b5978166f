import { beforeAll, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, person, visitor } from "#test/people.ts";
import { failure } from "#test/trail.ts";
import { listMatchingUsers, listUsers } from "./index.ts";
import { identityColumns } from "./records.ts";

let call: Call;
beforeAll(async () => {
  const close = await openInstallation();
  call = await callAs(await person({ roles: ["admin"], username: "adam" }));
  const at = new Date();
  const data = Array.from({ length: 2300 }, (_, index) => {
    const username = `crowd-${String(index).padStart(4, "0")}`;
    const identity = { username, email: `${username}@example.com`, givenName: "", familyName: "" };
    const id = newId(at.getTime());
    return { ...identityColumns(identity), id, active: index % 2 === 0, createdAt: at, updatedAt: at };
  });
  await database().user.createMany({ data });
  return close;
});

const match = (input: object, by = call) => runQuery(listMatchingUsers, by, input);

test("everybody who matches comes in bounded pages, each once, and as many as the list counts", async () => {
  const filter = { q: "crowd", status: "active" };
  const found: string[] = [];
  const sizes: number[] = [];
  for (let after: string | undefined; ; ) {
    const page = await match({ ...filter, after });
    found.push(...page.people.map(({ id }) => id));
    sizes.push(page.people.length);
    after = page.next;
    if (!after) break;
  }
  expect(sizes).toEqual([1000, 150]);
  expect(new Set(found).size).toBe(1150);
  expect((await runQuery(listUsers, call, filter)).total).toBe(1150);
});

test("it answers names and nothing more, and understands what the search box understands", async () => {
  const { people, next } = await match({ q: "role:admin" });
  expect(people).toEqual([{ id: expect.any(String), username: "adam" }]);
  expect(next).toBeUndefined();
  expect(await match({ q: "status:wrong" })).toEqual({ people: [], next: undefined });
});

test("a wrong filter is refused, for it must not find everybody", async () => {
  for (const input of [{ status: "wrong" }, { q: "\0" }, { q: "x".repeat(201) }, { role: "x".repeat(101) }])
    expect(await failure(match(input))).toMatchObject({ code: "invalid" });
});

test("not for whoever may not look at users", async () => {
  const low = await callAs(await person({ roles: ["user"] }));
  expect(await failure(match({ status: "wrong" }, low))).toMatchObject({ reason: "missing_capability" });
  expect(await failure(match({}, visitor()))).toMatchObject({ code: "unauthenticated" });
});
