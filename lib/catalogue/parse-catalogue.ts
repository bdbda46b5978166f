import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { type Catalogue, catalogueSchema, checkCatalogue } from "#lib/access/index.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { explainIssue } from "./explain-issue.ts";
import { formatPath, lineOf } from "./locate.ts";

const maxBytes = 2 * 1024 * 1024;
/** Far above what a human writes, far below what an alias bomb needs. */
const maxAliases = 500;
const maxShown = 30;

export interface Problem {
  line: number;
  /** Where in the catalogue, such as `roles[2].rank`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** A catalogue file that cannot be used, with everything that is wrong in it. Stops the start. */
export class CatalogueError extends StartError {
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const shown = problems.slice(0, maxShown).map(({ line, path, message }) => {
      return `  ${file}:${line}: ${path === "" ? "" : `${path}: `}${message}`;
    });
    const hidden = problems.length - shown.length;
    if (hidden > 0) shown.push(`  and ${hidden} more`);
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(
      "catalogue_wrong",
      `The catalogue ${file} has ${count}. Correct it and start again; docs/catalogue-format.md explains the format.\n${shown.join("\n")}`,
    );
    this.name = "CatalogueError";
    this.file = file;
    this.problems = problems;
  }
}

/**
 * Reads a catalogue from YAML. `file` is its name as the owner knows it, for the messages.
 * Throws a CatalogueError that lists every problem with its line.
 */
export function parseCatalogue(text: string, file: string): Catalogue {
  if (Buffer.byteLength(text) > maxBytes) {
    throw whole(file, `expected at most ${maxBytes / 1024 / 1024} MiB, found more`);
  }
  const lines = new LineCounter();
  const document = readYaml(text, file, lines);
  const syntax = [...document.errors, ...document.warnings];
  const problems = syntax.map((error) => explainSyntax(error, text, lines));
  // After a doubled key the rest can still be checked; after other errors it would be noise.
  if (syntax.some((error) => error.code !== "DUPLICATE_KEY")) throw sorted(file, problems);

  const data = toData(document, file);
  const parsed = catalogueSchema.safeParse(data);
  const found = parsed.success
    ? checkCatalogue(parsed.data)
    : parsed.error.issues.flatMap((issue) => explainIssue(issue, catalogueSchema, data));
  for (const { path, message } of found) {
    problems.push({ line: lineOf(document, lines, path), path: formatPath(path), message });
  }
  if (!parsed.success || problems.length > 0) throw sorted(file, problems);
  return parsed.data;
}

function readYaml(text: string, file: string, lines: LineCounter): Document {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false });
  } catch (error) {
    // The only known case is nesting so deep that the parser runs out of stack.
    throw whole(file, `expected a catalogue in YAML, found text that cannot be read (${reasonOf(error)})`);
  }
}

function toData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    throw whole(
      file,
      `expected few and simple anchors, found aliases that cannot be resolved (${reasonOf(error)})`,
    );
  }
}

function explainSyntax(error: YAMLError, text: string, lines: LineCounter): Problem {
  const line = Math.max(1, lines.linePos(error.pos[0]).line);
  if (error.code !== "DUPLICATE_KEY")
    return { line, path: "", message: `expected valid YAML: ${error.message}` };
  const name = /^[^\s:]+/.exec(text.slice(error.pos[0]))?.[0] ?? "";
  return { line, path: "", message: `expected each key once, found "${name}" a second time` };
}

function whole(file: string, message: string): CatalogueError {
  return new CatalogueError(file, [{ line: 1, path: "", message }]);
}

function sorted(file: string, problems: readonly Problem[]): CatalogueError {
  return new CatalogueError(
    file,
    [...problems].sort((a, b) => a.line - b.line),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
