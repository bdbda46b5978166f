import { encodeCursor } from "../../lib/kernel/cursor.ts";
import { countCap } from "../../lib/listing/index.ts";
import { broadRole, broadWord, rareWord } from "../population/markers.ts";
import type { Bench } from "./bench.ts";
import { floorGet } from "./floor-client.ts";
import type { Exchange, Operation } from "./operation.ts";
import {
  listInFlight,
  listInHtml,
  listOfBetterAuth,
  listOfFloor,
  showsList,
  totalInWords,
} from "./user-lists.ts";

interface List {
  title: string;
  workers?: readonly number[];
  size?: 25 | 50 | 100;
  /** Begins in the middle of the list. */
  deep?: true;
  word?: string;
  role?: string;
  byLastSignIn?: true;
}

/** Matches one person: the part of an email address before its domain is unique. */
const rare = `${rareWord}7@`;
const both = [1, 8];

const all: readonly List[] = [
  { title: "list, first page", workers: both },
  { title: "list, deep page", workers: both, deep: true },
  { title: "rare search", workers: both, word: rare },
  { title: "broad search, 2 %", workers: both, word: broadWord },
  { title: "role filter, 1/3 has it", role: broadRole },
  { title: "sort by last sign-in", byLastSignIn: true },
  { title: "list of 25", size: 25 },
  { title: "list of 100", size: 100 },
];

/** The users list in its ways, each answer compared with what plain SQL says of the same database. */
export async function lists(bench: Bench): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const list of all) operations.push(await operationOf(bench, list));
  return operations;
}

/** The first page by a link, as a reader loads it again and again. */
export async function readerOf(bench: Bench): Promise<Exchange> {
  return (await operationOf(bench, { title: "" })).by.rsc as Exchange;
}

async function operationOf(bench: Bench, list: List): Promise<Operation> {
  const html = await wantedOfConsole(bench, list);
  const path = await pathOf(bench, list);
  const page = { ...bench.console.page(path), wrong: showsList(listInHtml, html) };
  const from = list.deep || list.size ? "/settings/users" : "/settings/users?size=50";
  const link = { ...(await bench.console.link(path, from)), wrong: showsList(listInFlight, html) };
  const floor = {
    ...floorGet(await queryOfFloor(bench, list)),
    wrong: showsList(listOfFloor, await wantedOfFloor(bench, list)),
  };
  const betterAuth = {
    ...bench.betterAuth.get("/admin/list-users", queryOfBetterAuth(bench, list)),
    wrong: showsList(listOfBetterAuth, await wantedOfBetterAuth(bench, list)),
  };
  return {
    title: list.title,
    workers: list.workers,
    by: {
      console: () => page,
      rsc: () => link,
      floor: () => floor,
      // It keeps no instant of the last sign-in.
      ...(!list.byLastSignIn && { better_auth: () => betterAuth }),
    },
  };
}

const sizeOf = ({ size = 50 }: List) => size;
const skipped = ({ people }: Bench, { deep }: List) => (deep ? people / 2 : 0);

async function pathOf(bench: Bench, list: List): Promise<string> {
  const { word, role, byLastSignIn, deep } = list;
  const query = new URLSearchParams({ size: String(sizeOf(list)) });
  if (word) query.set("q", word);
  if (role) query.set("role", role);
  if (byLastSignIn) query.set("sort", "-lastSignIn");
  if (deep) {
    const text = "SELECT id, username_key AS value FROM users ORDER BY username_key OFFSET $1 - 1 LIMIT 1";
    const { rows } = await bench.databases.console.query(text, [skipped(bench, list)]);
    query.set("after", encodeCursor(rows[0]));
  }
  return `/settings/users?${query}`;
}

async function wantedOfConsole(bench: Bench, list: List) {
  const held = `EXISTS (SELECT FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.user_id = u.id AND r.key = $2
    AND coalesce(a.starts_at, '-infinity') <= now() AND coalesce(a.ends_at, 'infinity') > now())`;
  const from = `FROM users u WHERE search_text LIKE $1 AND ($2::text IS NULL OR ${held})`;
  const order = list.byLastSignIn ? "coalesce(last_sign_in_at, 'epoch') DESC, id DESC" : "username_key";
  const { rows } = await bench.databases.console.query<{ username: string; total: number }>(
    `SELECT username, (SELECT count(*)::int ${from}) AS total ${from} ORDER BY ${order} OFFSET $3 LIMIT $4`,
    [`%${list.word ?? ""}%`, list.role, skipped(bench, list), sizeOf(list)],
  );
  const total = rows[0]?.total ?? 0;
  const words = totalInWords(Math.min(total, countCap), total > countCap);
  return { names: rows.map(({ username }) => username), total: words };
}

const queryOfBetterAuth = (bench: Bench, list: List) => ({
  limit: sizeOf(list),
  offset: skipped(bench, list),
  sortBy: "email",
  sortDirection: "asc",
  ...(list.word && { searchField: "email", searchOperator: "contains", searchValue: list.word }),
  ...(list.role && { filterField: "role", filterValue: list.role }),
});

async function wantedOfBetterAuth(bench: Bench, list: List) {
  const from = `FROM "user" WHERE email LIKE $1 AND ($2::text IS NULL OR role = $2)`;
  const { rows } = await bench.databases.better_auth.query<{ email: string; total: number }>(
    `SELECT email, (SELECT count(*)::int ${from}) AS total ${from} ORDER BY email OFFSET $3 LIMIT $4`,
    [`%${list.word ?? ""}%`, list.role, skipped(bench, list), sizeOf(list)],
  );
  return { names: rows.map(({ email }) => email), total: String(rows[0]?.total ?? 0) };
}

async function queryOfFloor(bench: Bench, list: List): Promise<Record<string, string>> {
  const query: Record<string, string> = { size: String(sizeOf(list)) };
  if (list.word) query.q = list.word;
  if (list.role) query.role = list.role;
  if (list.byLastSignIn) query.sort = "seen";
  if (list.deep) {
    const text = "SELECT username FROM users ORDER BY username OFFSET $1 - 1 LIMIT 1";
    const { rows } = await bench.databases.floor.query(text, [skipped(bench, list)]);
    query.after = rows[0].username;
  }
  return query;
}

async function wantedOfFloor(bench: Bench, list: List) {
  const order = list.byLastSignIn ? "seen DESC, id DESC" : "username";
  const { rows } = await bench.databases.floor.query<{ username: string }>(
    `SELECT username FROM users WHERE search LIKE $1 AND ($2::text IS NULL OR role = $2) ORDER BY ${order} OFFSET $3 LIMIT $4`,
    [`%${list.word ?? ""}%`, list.role, skipped(bench, list), sizeOf(list)],
  );
  return { names: rows.map(({ username }) => username), total: undefined };
}
