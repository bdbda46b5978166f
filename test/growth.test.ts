import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { openInstallation } from "./installation.ts";

test("B06: of every table it is written down who can make it grow, how far, and what takes rows away", async () => {
  const close = await openInstallation();
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND relname <> '_prisma_migrations'`;
  await close();
  const document = await readFile("docs/decisions/033-what-can-grow.md", "utf8");
  const entries = [...document.matchAll(/^\| `(\w+)`\s*\|(?:[^|\n]*\S[^|\n]*\|){3}$/gm)].map(
    ([, name]) => name,
  );
  expect(entries.sort()).toEqual(tables.map(({ name }) => name).sort());
});
