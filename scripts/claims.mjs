// Prints which claims of docs/claims.yaml have a test that names them in its title, and which have none.
// Ends with 1 when a claim marked as kept has none, or a title names a claim that does not exist.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { claimsIn, titlesIn } from "./claim-titles.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const skipped = new Set(["node_modules", "dist", "data", "generated", "coverage"]);
const testFile = /\.(test|spec)\.(ts|tsx|mts|mjs)$/;

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !skipped.has(entry.name)) yield* testFiles(path);
    } else if (testFile.test(entry.name)) yield path;
  }
}

const claims = parse(readFileSync(join(root, "docs/claims.yaml"), "utf8"));
const proofs = new Map(Object.keys(claims).map((id) => [id, new Set()]));
const faults = [];
for (const path of testFiles(root)) {
  const file = relative(root, path);
  for (const title of titlesIn(readFileSync(path, "utf8"))) {
    for (const id of claimsIn(title)) {
      if (proofs.has(id)) proofs.get(id).add(file);
      else faults.push(`${file}: "${title}" names ${id}, which is not in docs/claims.yaml`);
    }
  }
}

const proved = [...proofs].filter(([, files]) => files.size > 0);
const open = [...proofs].filter(([, files]) => files.size === 0).map(([id]) => id);
console.log(`${proved.length} of ${proofs.size} claims have a test:`);
for (const [id, files] of proved) console.log(`  ${id}  ${[...files].join(", ")}`);
console.log(`${open.length} have none:`);
for (const id of open) {
  console.log(`  ${id}${claims[id].kept ? "  marked as kept" : ""}`);
  if (claims[id].kept) faults.push(`${id} is marked as kept, but no test has it in its title`);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
