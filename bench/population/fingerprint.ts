import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../server/project-folder.ts";

/** What a filled database follows from, today: sessions age, so tomorrow's are filled again. Eight hex digits. */
export function fingerprint(today = new Date()): string {
  const hash = createHash("sha256").update(today.toISOString().slice(0, 10));
  for (const folder of ["bench/population", "bench/peers", "prisma/migrations"])
    for (const entry of readdirSync(join(projectFolder, folder), {
      recursive: true,
      encoding: "utf8",
    }).sort())
      if (/\.(ts|sql)$/.test(entry)) hash.update(readFileSync(join(projectFolder, folder, entry)));
  for (const file of ["lib/demo/names.ts", "catalogues/patchmon.yaml"])
    hash.update(readFileSync(join(projectFolder, file)));
  return hash.digest("hex").slice(0, 8);
}
