import { expect, test } from "vitest";
import { createEmptyDatabase } from "#test/database.ts";
import { checkOwnDatabase, refusalOf } from "./own-database.ts";

test("a PostgreSQL that is new enough is taken", async () => {
  const database = await createEmptyDatabase();
  await checkOwnDatabase(database.url);
  await database.drop();
});

test("an old one and one that cannot keep every letter are refused with a remedy", () => {
  expect(refusalOf({ version: "15.4 (Debian)", encoding: "UTF8" })).toBeUndefined();
  expect(refusalOf({ version: "14.11", encoding: "UTF8" })).toMatch(/14\.11.*\b15\b.*DATABASE_URL/);
  expect(refusalOf({ version: "16.1", encoding: "SQL_ASCII" })).toContain("ENCODING 'UTF8'");
});
