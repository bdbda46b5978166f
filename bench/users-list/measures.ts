import type { Call } from "../../lib/kernel/call.ts";
import { runQuery } from "../../lib/kernel/operation.ts";
import { listUsers } from "../../lib/users/index.ts";
import { userSorts } from "../../lib/users/schema.ts";
import { commonWord, everywhere, lateWord, rareRole, rareWord } from "../population/markers.ts";

export interface Measure {
  title: string;
  /** The list as its URL has it; a deep page has to be walked to first. */
  input: Record<string, string | number>;
  deep?: true;
}

export const measures: readonly Measure[] = [
  { title: "first page", input: {} },
  { title: "page in the middle", input: {}, deep: true },
  { title: "page in the middle, 100 rows", input: { size: 100 }, deep: true },
  ...userSorts.flatMap((sort) => [
    { title: `by ${sort}`, input: { sort } },
    { title: `by ${sort}, descending`, input: { sort: `-${sort}` } },
  ]),
  { title: "search, 1 in 1,000", input: { q: rareWord } },
  { title: "search, 1 in 100", input: { q: commonWord } },
  { title: "search, 1 in 100, last sign-in", input: { q: commonWord, sort: "-lastSignIn" } },
  { title: "search, 1 in 100, all at the end", input: { q: lateWord } },
  { title: "search, everybody matches", input: { q: everywhere } },
  { title: "search, everybody, last sign-in", input: { q: everywhere, sort: "-lastSignIn" } },
  { title: "search, nobody matches", input: { q: "zzyzx" } },
  { title: "role that most have", input: { role: "user" } },
  { title: "role that most have, in the middle", input: { role: "user" }, deep: true },
  { title: "role of 1 in 500", input: { role: rareRole } },
  { title: "role of 1 in 500, last sign-in", input: { role: rareRole, sort: "-lastSignIn" } },
  { title: "role of five people", input: { role: "admin" } },
  { title: "inactive", input: { status: "inactive" } },
  { title: "inactive, last sign-in", input: { status: "inactive", sort: "-lastSignIn" } },
  { title: "dormant for 90 days", input: { q: "dormant:90d" } },
  { title: "inactive, role, word", input: { q: `${commonWord} status:inactive role:user` } },
];

/** The input with a cursor that lies in the middle of the first hundred pages. */
export async function inputOf(
  { input, deep }: Measure,
  call: Call,
): Promise<Record<string, string | number>> {
  let after: string | undefined;
  for (let page = 0; deep && page < 10; page += 1) {
    const { next } = await runQuery(listUsers, call, { ...input, ...(after && { after }) });
    if (!next) break;
    after = next;
  }
  return after ? { ...input, after } : input;
}
