import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { project } from "./run.mjs";

const skipped = new Set(["node_modules", "dist", "data", "generated", "coverage"]);
const isTest = /\.(test|spec)\.(ts|tsx|mts|mjs)$/;

/** Every test file of the project, as a path from its root with slashes; those of the browser end in `.spec.ts`. */
export const testFiles = () =>
  [...below(project)].map((path) => relative(project, path).split(sep).join("/"));

function* below(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !skipped.has(entry.name)) yield* below(path);
    } else if (isTest.test(entry.name)) yield path;
  }
}
