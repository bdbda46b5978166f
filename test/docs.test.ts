import { existsSync, readdirSync, readFileSync } from "node:fs";
import { access } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { type Setting, settings } from "#lib/kernel/settings.ts";
import { projectFolder } from "#server/project-folder.ts";

const listed = (folder: string) =>
  readdirSync(join(projectFolder, folder)).flatMap((name) =>
    name.endsWith(".md") ? [join(folder, name)] : [],
  );
const documents = ["README.md", "SECURITY.md", ...listed("docs"), ...listed("docs/decisions")];
const textOf = (document: string) => readFileSync(join(projectFolder, document), "utf8");

const folders = readdirSync(projectFolder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && !/^(?:\.|node_modules|dist|data)/.test(entry.name) ? [entry.name] : [],
);
const hasPictures = existsSync(join(projectFolder, "docs", "screenshots"));

/** Links, and code that begins with a folder of ours: `lib/web/read.ts`. Wildcards and places to fill in are no paths. */
function pathsIn(document: string): string[] {
  const text = textOf(document);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) =>
    join(dirname(document), path as string),
  );
  const code = [...text.matchAll(/`([\w./()[\]-]+)`/g)].map(([, path]) => path as string);
  const ours = code.filter((path) => path.includes("/") && folders.includes(path.split("/")[0] as string));
  const named = [...links, ...ours].map((path) => normalize(path));
  // `npm run screenshots` writes the pictures; a checkout that has none yet is no broken document.
  return [...new Set(named)].filter((path) => hasPictures || !path.startsWith("docs/screenshots/"));
}

test.each(documents)("every path that %s names exists", async (document) => {
  const missing: string[] = [];
  for (const path of pathsIn(document)) {
    await access(join(projectFolder, path)).catch(() => missing.push(path));
  }
  expect(missing).toEqual([]);
});

test("the README lists the settings as they are", () => {
  const rows = [...textOf("README.md").matchAll(/^\| `([A-Z_]+)`( \*)? +\| (.+?) +\| (.+?) +\|$/gm)];
  const shown = rows.map(([, name, file, fallback, meaning]) => ({
    name,
    file: file !== undefined,
    fallback,
    meaning,
  }));
  const expected = (settings as readonly Setting[]).map((setting) => ({
    name: setting.name,
    file: setting.file === true,
    fallback: setting.default,
    meaning: setting.meaning,
  }));
  expect(shown).toEqual(expected);
});
