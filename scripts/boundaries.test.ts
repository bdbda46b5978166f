import { beforeAll, describe, expect, test } from "vitest";
import { type Finding, lintFindings } from "#test/lint-findings.ts";

type Row = [file: string, code: string];

/** What each folder may import: docs/architecture.md has the table. */
const allowed: Row[] = [
  ["lib/access/rule.ts", '{ z } from "zod"'],
  ["lib/access/rule.ts", '{ decide } from "./decide.ts"'],
  ["lib/access/reference/rule.ts", '{ decide } from "../index.ts"'],
  ["lib/access/reference/rule.ts", '{ depth } from "#test/depth.ts"'],
  ["lib/kernel/clock.ts", '{ holds } from "#lib/access/index.ts"'],
  ["lib/kernel/clock.ts", '{ readFileSync } from "node:fs"'],
  ["lib/kernel/database.ts", '{ PrismaClient } from "#prisma"'],
  ["lib/roles/add.ts", '{ defineCommand } from "#lib/kernel/operation.ts"'],
  ["lib/roles/add.ts", '{ lockAccess } from "#lib/kernel/database.ts"'],
  ["lib/roles/add.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["lib/roles/add.ts", '{ decide } from "#lib/access/index.ts"'],
  ["lib/policy/load-policy.ts", '{ database } from "#lib/kernel/database.ts"'],
  ["lib/roles/schema.ts", '{ identitySchema } from "#lib/users/schema.ts"'],
  ["lib/roles/schema.ts", 'type { Risk } from "#lib/access/index.ts"'],
  ["lib/web/door.ts", '{ signIn } from "#lib/sign-in/index.ts"'],
  ["lib/web/door.ts", '{ headers } from "next/headers"'],
  ["lib/api/dispatch.ts", '{ runQuery } from "#lib/kernel/operation.ts"'],
  ["app/(console)/audit/page.tsx", '{ listUsers } from "#lib/users/index.ts"'],
  ["app/(console)/audit/page.tsx", '{ listUsersSchema } from "#lib/users/schema.ts"'],
  ["app/(console)/audit/page.tsx", '{ read } from "#lib/web/read.ts"'],
  ["app/(console)/audit/page.tsx", '{ Button } from "#components/ui/button.tsx"'],
  ["app/(console)/audit/page.tsx", '{ can } from "#lib/kernel/actor.ts"'],
  ["components/form/box.tsx", '{ Button } from "#components/ui/button.tsx"'],
  ["components/form/box.tsx", '{ listUsersSchema } from "#lib/users/schema.ts"'],
  ["components/form/box.tsx", 'type { Risk } from "#lib/access/index.ts"'],
  ["components/form/box.tsx", '{ describeWindow } from "#lib/access/describe-window.ts"'],
  ["server/rest.ts", '{ dispatch } from "#lib/api/dispatch.ts"'],
  ["server/rest.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["server/rest.ts", '{ env } from "#lib/kernel/env.ts"'],
  ["server/pages.ts", 'next from "next"'],
  ["server/postgres/launch.ts", '{ spawn } from "node:child_process"'],
  ["cli/main.ts", '{ ask } from "./ask.ts"'],
  ["scripts/any.ts", '{ spawn } from "node:child_process"'],
  ["lib/roles/add.test.ts", '{ person } from "#test/people.ts"'],
];

const refused: Row[] = [
  ["lib/access/rule.ts", '{ env } from "#lib/kernel/env.ts"'],
  ["lib/access/rule.ts", '{ readFileSync } from "node:fs"'],
  ["lib/access/rule.ts", '{ Prisma } from "#prisma"'],
  ["lib/access/rule.ts", '{ cache } from "react"'],
  ["lib/access/rule.ts", '{ listUsers } from "../users/index.ts"'],
  ["lib/access/reference/rule.ts", '{ env } from "../../kernel/env.ts"'],
  ["lib/access/reference/rule.ts", '{ person } from "#test/people.ts"'],
  ["lib/kernel/clock.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["lib/kernel/clock.ts", '{ decide } from "#lib/access/decide.ts"'],
  ["lib/kernel/clock.ts", '{ headers } from "next/headers"'],
  ["lib/kernel/clock.ts", '{ cache } from "react"'],
  ["lib/kernel/clock.ts", '{ Prisma } from "#prisma"'],
  ["lib/kernel/clock.ts", '{ Button } from "#components/ui/button.tsx"'],
  ["lib/kernel/clock.ts", '{ spawn } from "node:child_process"'],
  ["lib/kernel/database.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["lib/roles/add.ts", '{ insertUser } from "#lib/users/records.ts"'],
  ["lib/roles/add.ts", '{ insertUser } from "../users/records.ts"'],
  ["lib/roles/add.ts", '{ insertUser } from "./../users/records.ts"'],
  ["lib/roles/add.ts", '{ decide } from "#lib/access/decide.ts"'],
  ["lib/roles/add.ts", '{ read } from "#lib/web/read.ts"'],
  ["lib/roles/add.ts", '{ dispatch } from "#lib/api/index.ts"'],
  ["lib/roles/add.ts", '{ redirect } from "next/navigation"'],
  ["lib/roles/add.ts", '{ cache } from "react"'],
  ["lib/roles/add.ts", '{ database } from "#lib/kernel/database.ts"'],
  ["lib/roles/add.ts", '{ PrismaPg } from "@prisma/adapter-pg"'],
  ["lib/roles/add.ts", 'pg from "pg"'],
  ["lib/roles/add.ts", '{ migrate } from "#server/migrate.ts"'],
  ["lib/roles/add.ts", '{ person } from "#test/people.ts"'],
  ["lib/roles/add.ts", '{ execFile } from "node:child_process"'],
  ["lib/policy/load-policy.ts", '{ insertUser } from "#lib/users/records.ts"'],
  ["lib/roles/schema.ts", '{ defineQuery } from "#lib/kernel/operation.ts"'],
  ["lib/roles/schema.ts", '{ decide } from "#lib/access/index.ts"'],
  ["lib/roles/schema.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["lib/web/door.ts", '{ Prisma } from "#prisma"'],
  ["lib/web/door.ts", '{ database } from "#lib/kernel/database.ts"'],
  ["lib/web/door.ts", '{ Button } from "#components/ui/button.tsx"'],
  ["lib/web/door.ts", '{ insertUser } from "#lib/users/records.ts"'],
  ["lib/api/dispatch.ts", '{ signInForm } from "#app/(auth)/sign-in/actions.ts"'],
  ["app/(console)/audit/page.tsx", '{ database } from "#lib/kernel/database.ts"'],
  ["app/(console)/audit/page.tsx", '{ runQuery } from "#lib/kernel/operation.ts"'],
  ["app/(console)/audit/page.tsx", '{ Prisma } from "#prisma"'],
  ["app/(console)/audit/page.tsx", '{ PrismaPg } from "@prisma/adapter-pg"'],
  ["app/(console)/audit/page.tsx", '{ insertUser } from "#lib/users/records.ts"'],
  ["app/(console)/audit/page.tsx", '{ readFileSync } from "node:fs"'],
  ["components/form/box.tsx", '{ signInForm } from "#app/(auth)/sign-in/actions.ts"'],
  ["components/form/box.tsx", '{ read } from "#lib/web/read.ts"'],
  ["components/form/box.tsx", '{ listUsers } from "#lib/users/index.ts"'],
  ["components/form/box.tsx", '{ decide } from "#lib/access/index.ts"'],
  ["components/form/box.tsx", '{ headers } from "next/headers"'],
  ["components/form/box.tsx", '{ createHash } from "node:crypto"'],
  ["server/rest.ts", '{ Prisma } from "#prisma"'],
  ["server/rest.ts", '{ Button } from "#components/ui/button.tsx"'],
  ["server/rest.ts", '{ placesFor } from "#app/(console)/places.tsx"'],
  ["server/rest.ts", '{ insertUser } from "#lib/users/records.ts"'],
  ["server/rest.ts", '{ read } from "#lib/web/read.ts"'],
  ["server/rest.ts", 'next from "next"'],
  ["lib/passwords/hash.ts", '{ hash } from "#test/cheap-hashes.ts"'],
  ["server/main.ts", '{ hash } from "#test/cheap-hashes.ts"'],
  ["app/page.tsx", '{ hash } from "#test/cheap-hashes.ts"'],
  ["server/rest.ts", '{ spawn } from "node:child_process"'],
  ["server/pages.ts", '{ headers } from "next/headers"'],
  ["server/postgres/launch.ts", '{ listUsers } from "#lib/users/index.ts"'],
  ["cli/main.ts", '{ env } from "#lib/kernel/env.ts"'],
];

const otherRules: [file: string, code: string, rule: string][] = [
  ["lib/roles/add.ts", "export const port = process.env.PORT;", "noProcessEnv"],
  ["app/page.tsx", "export const port = process.env.PORT;", "noProcessEnv"],
  ["server/rest.ts", 'import { env } from "node:process"; export const port = env.PORT;', "noProcessEnv"],
  ["lib/roles/add.ts", 'console.log("here");', "noConsole"],
  ["lib/roles/add.ts", 'export const a = fetch("https://example.com");', "noRestrictedGlobals"],
  ["server/rest.ts", 'export const a = fetch("https://example.com");', "noRestrictedGlobals"],
  ["app/page.tsx", 'export const a = fetch("https://example.com");', "noRestrictedGlobals"],
  ["components/form/box.tsx", 'export const a = new WebSocket("wss://example.com");', "noRestrictedGlobals"],
  [
    "lib/roles/add.ts",
    'export const b = globalThis.fetch("https://example.com");',
    "noJsRestrictedProperties",
  ],
  ["lib/roles/add.ts", "export default 1;", "noDefaultExport"],
  ["components/form/box.tsx", "export default 1;", "noDefaultExport"],
  [
    "components/form/box.tsx",
    'export const a = <p dangerouslySetInnerHTML={{ __html: "" }} />;',
    "noDangerouslySetInnerHtml",
  ],
  ["lib/roles/add.ts", "tx.$queryRawUnsafe(text);", "noJsRestrictedProperties"],
  ["lib/roles/add.ts", "tx.$executeRawUnsafe(text);", "noJsRestrictedProperties"],
  ["lib/roles/add.ts", "export const sql = Prisma.raw(text);", "noJsRestrictedProperties"],
  ["lib/roles/add.ts", 'import * as all from "#lib/kernel/database.ts";', "noNamespaceImport"],
  ["lib/roles/add.ts", "async function f() {} export function g() { f(); }", "noFloatingPromises"],
  ["lib/access/rule.ts", "export const now = Date.now();", "noJsRestrictedProperties"],
  ["lib/access/rule.ts", "export const luck = Math.random();", "noJsRestrictedProperties"],
  ["lib/roles/addRole.ts", "export const a = 1;", "useFilenamingConvention"],
];

const fine: [file: string, code: string, rule: string][] = [
  ["lib/kernel/env.ts", "export const port = process.env.PORT;", "noProcessEnv"],
  ["scripts/any.ts", "export const port = process.env.PORT;", "noProcessEnv"],
  ["scripts/any.ts", 'console.log("here");', "noConsole"],
  ["scripts/any.ts", 'export const a = fetch("https://example.com");', "noRestrictedGlobals"],
  ["app/page.tsx", "export default 1;", "noDefaultExport"],
  [
    "lib/roles/add.ts",
    "async function f() {} export async function g() { await f(); void f(); }",
    "noFloatingPromises",
  ],
];

/** Every row is a line of its file, so that the linter runs once for all of them. */
const lines = new Map<string, string[]>();
const place = (file: string, code: string) => {
  const known = lines.get(file) ?? [];
  lines.set(file, [...known, code]);
  return known.length + 1;
};
const placed = <R extends readonly string[]>(rows: R[], codeOf: (row: R) => string) =>
  rows.map((row) => ({ row, line: place(row[0] as string, codeOf(row)) }));

const imports = {
  allowed: placed(allowed, ([, code]) => `import ${code};`),
  refused: placed(refused, ([, code]) => `import ${code};`),
};
const others = { fine: placed(fine, ([, code]) => code), broken: placed(otherRules, ([, code]) => code) };

let findings: Finding[];
beforeAll(async () => {
  findings = await lintFindings(new Map([...lines].map(([file, code]) => [file, `${code.join("\n")}\n`])));
});
const found = (path: string, line: number) =>
  findings.filter((finding) => finding.path === path && finding.line === line);
const rulesAt = (path: string, line: number) => found(path, line).map(({ rule }) => rule);

describe("imports that the boundaries let through", () => {
  test.each(imports.allowed)("$row", ({ row: [file], line }) => {
    expect(rulesAt(file, line)).not.toContain("noRestrictedImports");
  });
});

describe("imports that cross a boundary", () => {
  test.each(imports.refused)("$row", ({ row: [file], line }) => {
    expect(rulesAt(file, line)).toContain("noRestrictedImports");
  });

  test("re-exports and dynamic imports are imports too", async () => {
    const code = ['export { read } from "#lib/web/read.ts";', 'export const a = import("#lib/web/read.ts");'];
    const more = await lintFindings(new Map([["lib/roles/again.ts", code.join("\n")]]));
    const crossing = more.filter(({ rule }) => rule === "noRestrictedImports");
    expect([...new Set(crossing.map(({ line }) => line))]).toEqual([1, 2]);
  });
});

describe("what else is refused, and where it is not", () => {
  test.each(others.broken)("$row", ({ row: [file, , rule], line }) => {
    expect(rulesAt(file, line)).toContain(rule);
  });

  test.each(others.fine)("allowed: $row", ({ row: [file, , rule], line }) => {
    expect(rulesAt(file, line)).not.toContain(rule);
  });
});
