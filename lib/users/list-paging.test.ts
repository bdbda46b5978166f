import fc from "fast-check";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { Prisma } from "#prisma";
import { openInstallation } from "#test/installation.ts";
import { callAs, person } from "#test/people.ts";
import { listUsers } from "./list-users.ts";
import { identityColumns } from "./records.ts";
import { type UserSort, userSorts } from "./schema.ts";

let call: Call;
beforeAll(async () => {
  const close = await openInstallation();
  call = await callAs(await person({ roles: ["admin"] }));
  await addCrowd(180);
  return close;
});
afterEach(() => vi.restoreAllMocks());

/** Many people with much in common: five instants of creation, four last sign-ins and never, a third inactive. */
async function addCrowd(size: number) {
  const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number, 0, 0, 0, number));
  const users = Array.from({ length: size }, (_, index) => {
    const username = `${["Åsa", "anna", "ÖZ", "zed"][index % 4]}-${(index * 7919) % size}`;
    return {
      ...identityColumns({ username, email: `e${index}@example.com`, givenName: "", familyName: "" }),
      id: newId(Date.UTC(2026, 0, 1) + ((index * 31) % 7)),
      active: index % 3 !== 0,
      createdAt: day(index % 5),
      updatedAt: day(0),
      lastSignInAt: index % 5 === 0 ? null : day(index % 4),
    };
  });
  await database().user.createMany({ data: users });
}

const columns: Record<UserSort, Prisma.Sql> = {
  username: Prisma.sql`username_key`,
  email: Prisma.sql`email_key`,
  created: Prisma.sql`created_at`,
  lastSignIn: Prisma.sql`last_sign_in_at`,
  status: Prisma.sql`active`,
};

/** The whole list in one plain statement: who never signed in comes before everybody who did. */
async function plainly(sort: string, where: Prisma.Sql): Promise<string[]> {
  const column = columns[sort.replace("-", "") as UserSort];
  const order = sort.startsWith("-")
    ? Prisma.sql`${column} DESC NULLS LAST, id DESC`
    : Prisma.sql`${column} ASC NULLS FIRST, id ASC`;
  const rows = await database().$queryRaw<
    { id: string }[]
  >`SELECT id FROM users WHERE ${where} ORDER BY ${order}`;
  return rows.map(({ id }) => id);
}

/** From end to end by the pages' own cursors. */
async function walk(input: object, way: "forwards" | "backwards", from?: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor = from; ; ) {
    const side = way === "forwards" ? { after: cursor } : { before: cursor };
    const page = await runQuery(listUsers, call, { ...input, ...side });
    const ids = page.rows.map(({ id }) => id);
    if (way === "forwards") pages.push(ids);
    else pages.unshift(ids);
    const next = way === "forwards" ? page.next : page.previous;
    if (!next) return pages;
    expect(pages.length).toBeLessThan(20);
    cursor = next;
  }
}

const anySort = fc.constantFrom(...userSorts.flatMap((sort) => [sort, `-${sort}`]));
const anySize = fc.constantFrom(25, 50, 100);
const anyFilter = fc.constantFrom(
  { input: {}, where: Prisma.sql`TRUE` },
  { input: { status: "active" }, where: Prisma.sql`active` },
  { input: { q: "anna" }, where: Prisma.sql`username_key LIKE 'anna%'` },
  { input: { q: "nobody at all" }, where: Prisma.sql`FALSE` },
);

test("pages, forwards and backwards, are the plain sorted list: every sort, with ties and nevers", async () => {
  await fc.assert(
    fc.asyncProperty(anySort, anySize, anyFilter, async (sort, size, { input, where }) => {
      const plain = await plainly(sort, where);
      const ahead = await walk({ ...input, sort, size }, "forwards");
      expect(ahead.flat()).toEqual(plain);
      for (const page of ahead.slice(0, -1)) expect(page).toHaveLength(size);
      if (ahead.length < 2) return;

      const beforeLast = await walkTo(ahead.length - 1, { ...input, sort, size });
      const back = await walk({ ...input, sort, size }, "backwards", beforeLast);
      expect(back.flat()).toEqual(plain.slice(0, (ahead.length - 1) * size));
    }),
    { numRuns: 40 },
  );
});

/** The cursor that leads back from a page. */
async function walkTo(page: number, input: object): Promise<string | undefined> {
  let cursor: string | undefined;
  let previous: string | undefined;
  for (let at = 0; at <= page; at++) {
    const found = await runQuery(listUsers, call, { ...input, after: cursor });
    [cursor, previous] = [found.next, found.previous];
  }
  return previous;
}

test("rows that come or go between two pages repeat and skip nobody else", async () => {
  const first = await runQuery(listUsers, call, { sort: "username" });
  const before = await plainly("username", Prisma.sql`TRUE`);
  const ids = first.rows.map(({ id }) => id);
  await database().user.delete({ where: { id: ids[24] } });
  const newcomer = await person({ roles: ["user"], username: "000-newcomer" });
  const second = await runQuery(listUsers, call, { sort: "username", after: first.next });
  expect(second.rows.map(({ id }) => id)).toEqual(before.slice(25, 50));
  const back = await runQuery(listUsers, call, { sort: "username", before: second.previous });
  expect(back.rows.map(({ id }) => id)).toEqual([newcomer.id, ...before.slice(0, 24)].slice(-25));
});

test("a page is one statement, whatever it shows", async () => {
  const statements = vi.spyOn(database(), "$queryRaw");
  const models = vi.spyOn(database().user, "findMany");
  await runQuery(listUsers, call, { q: "a status:active", sort: "-created", size: 100 });
  expect([statements.mock.calls.length, models.mock.calls.length]).toEqual([1, 0]);
});

test("a page beyond the end still tells how many there are", async () => {
  const last = (await plainly("username", Prisma.sql`TRUE`)).length;
  const pages = await walk({ sort: "username", size: 100 }, "forwards");
  const [, end] = pages;
  const { next } = await runQuery(listUsers, call, { sort: "username", size: 100 });
  await database().user.deleteMany({ where: { id: { in: end } } });
  const page = await runQuery(listUsers, call, { sort: "username", size: 100, after: next });
  expect(page.total).toBe(last - (end?.length ?? 0));
  expect(page.rows).toHaveLength(100);
});
