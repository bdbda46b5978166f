import type { Reader } from "#lib/kernel/database.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { countCap, searchWords } from "#lib/listing/index.ts";
import { Prisma } from "#prisma";
import type { ListEntriesInput } from "./schema.ts";

/** Keys of one page of values or groups, found by the primary key, with its neighbours: the cursor is the key itself. */
export interface KeyPage {
  keys: string[];
  next: string | undefined;
  previous: string | undefined;
  total: number;
  capped: boolean;
}

export async function pageOfKeys(
  reader: Reader,
  table: "managed_values" | "value_groups",
  input: ListEntriesInput,
): Promise<KeyPage> {
  const from = Prisma.sql`FROM ${tables[table]} v WHERE ${conditionsOf(input)}`;
  let { after, before } = input;
  let found = await keysBeside(reader, from, { after, before }, input.size);
  if (found.length === 0 && (after ?? before) !== undefined) {
    // What lay beyond the cursor is gone: the first page rather than a page without a way out.
    [after, before] = [undefined, undefined];
    found = await keysBeside(reader, from, { after, before }, input.size);
  }
  const more = found.length > input.size;
  const keys = found.slice(0, input.size);
  if (before !== undefined) keys.reverse();
  const [{ total } = { total: 0 }] = await reader.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM (SELECT 1 ${from} LIMIT ${countCap + 1}) counted`;
  return {
    keys,
    next: before !== undefined || more ? keys.at(-1) : undefined,
    previous: (before === undefined ? after !== undefined : more) ? keys[0] : undefined,
    total: Math.min(total, countCap),
    capped: total > countCap,
  };
}

/** The rows of a page in its order. */
export const inOrder = <Row extends { key: string }>(keys: readonly string[], rows: readonly Row[]): Row[] =>
  keys.flatMap((key) => rows.filter((row) => row.key === key));

async function keysBeside(
  reader: Reader,
  from: Prisma.Sql,
  { after, before }: { after: string | undefined; before: string | undefined },
  size: number,
): Promise<string[]> {
  const place =
    before === undefined
      ? Prisma.sql`${after === undefined ? Prisma.empty : Prisma.sql`AND v.key > ${after}`} ORDER BY v.key`
      : Prisma.sql`AND v.key < ${before} ORDER BY v.key DESC`;
  const rows = await reader.$queryRaw<{ key: string }[]>`SELECT v.key ${from} ${place} LIMIT ${size + 1}`;
  return rows.map(({ key }) => key);
}

const tables = {
  managed_values: Prisma.sql`managed_values`,
  value_groups: Prisma.sql`value_groups`,
};

/** Of the values or groups `v`: each word is looked for in key, name and description. */
export function conditionsOf({ attribute, q }: { attribute: string; q: string }): Prisma.Sql {
  const words = searchWords(q);
  const has = (word: string) => {
    const pattern = `%${normaliseKey(word).replace(/[\\%_]/g, "\\$&")}%`;
    return Prisma.sql`lower(v.key || ' ' || v.label || ' ' || v.description) LIKE ${pattern}`;
  };
  return Prisma.join([Prisma.sql`v.attribute = ${attribute}`, ...words.map(has)], " AND ");
}
