import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "#server/project-folder.ts";

export interface Finding {
  path: string;
  line: number;
  /** Such as `noRestrictedImports`. */
  rule: string;
  message: string;
}

/** Lints files that lie nowhere but in a temporary folder, all at once, as if they lay at these paths of the project. */
export async function lintFindings(files: ReadonlyMap<string, string>): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), "bailiwick-lint-"));
  try {
    // Which rules are on depends on the packages as well: React's, Next's.
    for (const name of ["biome.json", "package.json"])
      await cp(join(projectFolder, name), join(folder, name));
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await lint(folder, files.size);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lint(folder: string, expected: number): Promise<Finding[]> {
  const biome = join(projectFolder, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  // It ends with 1 when it finds something, which is the point here.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (error) => error,
  );
  const { summary, diagnostics } = JSON.parse(stdout);
  if (summary.unchanged < expected) throw new Error(`The linter read ${summary.unchanged} files only.`);
  return diagnostics.map(({ message, category, location }: Diagnostic) => ({
    path: location.path,
    // What is about the whole file has line 0.
    line: location.start.line || 1,
    rule: category.split("/").at(-1) ?? "",
    message,
  }));
}

interface Diagnostic {
  message: string;
  category: string;
  location: { path: string; start: { line: number } };
}
