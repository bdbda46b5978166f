// Prints which claims of docs/claims.yaml have a test that names them in its title, and which have none.
// Ends with 1 when a claim marked as kept has none, or a title names a claim that does not exist.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { claimsIn, titlesIn } from "./claim-titles.mjs";
import { project } from "./run.mjs";
import { testFiles } from "./test-files.mjs";

const claims = parse(readFileSync(join(project, "docs/claims.yaml"), "utf8"));
const proofs = new Map(Object.keys(claims).map((id) => [id, new Set()]));
const faults = [];
for (const file of testFiles()) {
  for (const title of titlesIn(readFileSync(join(project, file), "utf8"))) {
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
