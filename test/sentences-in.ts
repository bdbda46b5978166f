import { parseAst } from "vitest/node";

/** A sentence, or a good part of one, that an assertion or a locator spells out. */
export interface Sentence {
  line: number;
  /** What it says; a line break where anything may stand. */
  text: string;
}

/** Calls whose arguments say what is expected, and those that find an element by what it says. */
const asserts =
  /^(?:to[A-Z]\w*|getByText|getByTitle|getByAltText|filter|stringMatching|stringContaining|refused|expectTold|expectDone)$/;
/** A control is found by its name, as a person finds it: labels are no sentences. */
const namesControls = /^(?:getByRole|getByLabel|getByPlaceholder)$/;
/** `refused(command, call, input, expected)`: what is sent is not what is expected. */
const sent: Record<string, number> = { refused: 3 };

/** The sentences in the assertions of a test's source text, without those that the test itself put in. */
export function sentencesIn(source: string, file = "a.ts"): Sentence[] {
  const found: Sentence[] = [];
  const putIn = new Set<string>();
  const program = parseAst(source, { lang: file.endsWith("x") ? "tsx" : "ts" }, file);
  visit(program, false);
  return found.filter(({ text }) => !putIn.has(text));

  function visit(node: unknown, expected: boolean): void {
    if (Array.isArray(node)) for (const one of node) visit(one, expected);
    if (!isNode(node)) return;
    const text = saidBy(node);
    if (!expected) putIn.add(text);
    else if (isSentence(text)) found.push({ line: source.slice(0, node.start).split("\n").length, text });
    const inside = /Function/.test(node.type) ? false : expected;
    if (node.type === "CallExpression") visitCall(node, expected);
    else for (const value of Object.values(node)) visit(value, inside);
  }

  function visitCall({ callee, arguments: given }: Node, expected: boolean): void {
    const name = nameOf(callee);
    visit(callee, false);
    if (namesControls.test(name) || !Array.isArray(given)) return;
    visit(given.slice(sent[name] ?? 0), asserts.test(name) || expected);
  }
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

function nameOf(callee: unknown): string {
  if (!isNode(callee)) return "";
  if (callee.type === "MemberExpression") return nameOf(callee.property);
  return typeof callee.name === "string" ? callee.name : "";
}

/** What a literal says; a gap where anything may stand. */
function saidBy(node: Node): string {
  const { value, regex, quasis } = node;
  if (node.type === "Literal" && typeof value === "string") return value;
  if (node.type === "Literal" && isPattern(regex)) return withGaps(regex.pattern);
  if (node.type !== "TemplateLiteral" || !Array.isArray(quasis)) return "";
  return withGaps(quasis.map((part) => part.value.raw).join("0"));
}

const isPattern = (regex: unknown): regex is { pattern: string } =>
  typeof regex === "object" && regex !== null && "pattern" in regex;

const withGaps = (pattern: string): string =>
  pattern
    .replaceAll(/\\d[+*]?|\\w[+*]?/g, "0")
    .replaceAll(/\\([.?/])/g, "$1")
    .replaceAll(/[.\]][*+]\??|\\[bBsS]|[\\^$()|?*+[\]{}]/g, "\n");

/** Four words in a row, at least two of them in lower case. Keys, addresses and numbers are no words. */
function isSentence(said: string): boolean {
  const runs = said.match(/(?:(?<![\w./@-])[A-Za-z’']+[:;.]? ){3,}[A-Za-z’']+(?![\w/@-])/g) ?? [];
  return runs.some((run) => (run.match(/(?<![A-Z])\b[a-z]+/g) ?? []).length >= 2);
}
