import type pg from "pg";
import { places, spelledPlainly } from "../../lib/demo/names.ts";
import { broadRole, broadWord, lateWord, rareRole, rareWord } from "./markers.ts";

/** First and last names of people who could be from the same place, as they write them and as account names spell them. */
const pairs = places.flatMap(({ given, family }) =>
  given.flatMap((first) =>
    family.map((last) => [first, last, spelledPlainly(first), spelledPlainly(last)] as const),
  ),
);
const column = (index: 0 | 1 | 2 | 3) => pairs.map((pair) => pair[index]);

/**
 * Makes the temporary table `people` in this connection: `count` people, the same ones for every server that is
 * measured and at every time. They joined one after the other over 700 days before `at`.
 */
export async function layOutPeople(client: pg.Client, count: number, at: Date): Promise<void> {
  await client.query("CREATE TEMP TABLE pairs (pair int, given text, family text, first text, last text)");
  await client.query(
    `INSERT INTO pairs SELECT row_number() OVER () - 1, * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])`,
    [column(0), column(1), column(2), column(3)],
  );
  await client.query(
    `CREATE TEMP TABLE people AS
    WITH drawn AS (
      SELECT n, md5('person ' || n) AS h,
        date_trunc('milliseconds', $2::timestamptz - (1 - n / $1::float8) * interval '700 days') AS joined
      FROM generate_series(1, $1) n),
    named AS (
      SELECT n, h, joined,
        CASE WHEN n % 100 = 50 THEN '${lateWord}' ELSE first END AS first,
        CASE WHEN n % 1000 = 7 THEN '${rareWord}' WHEN n % 50 = 25 THEN '${broadWord}' ELSE last END AS last,
        CASE WHEN n % 100 = 50 THEN initcap('${lateWord}') ELSE given END AS given,
        CASE WHEN n % 1000 = 7 THEN initcap('${rareWord}') WHEN n % 50 = 25 THEN initcap('${broadWord}')
          ELSE family END AS family
      FROM drawn JOIN pairs ON pair = ('x' || substr(h, 1, 7))::bit(28)::int % ${pairs.length})
    SELECT n, joined, given, family, first || '.' || last || n AS username,
      first || '.' || last || n || '@example.com' AS email, given || ' ' || family AS name,
      n % 12 <> 0 AS active,
      CASE WHEN n % 9 <> 0 THEN date_trunc('milliseconds', joined + ($2 - joined) * ((n % 97) / 97.0)) END AS seen,
      CASE WHEN n <= 3 THEN 'superadmin' WHEN n <= 8 THEN 'admin' WHEN n % 500 = 13 THEN '${rareRole}'
        WHEN n % 3 = 0 THEN '${broadRole}' WHEN n % 10 = 1 THEN 'host_manager' ELSE 'user' END AS role,
      -- A version 7 UUID of the moment at which they joined, as the console gives them.
      (lpad(to_hex((extract(epoch FROM joined) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || '8'
        || substr(h, 4, 15))::uuid AS id
    FROM named ORDER BY n`,
    [count, at],
  );
  await client.query("CREATE UNIQUE INDEX ON people (n)");
  await client.query("ANALYZE people");
}
