/**
 * Finds the titles of tests in source text. TypeScript 7 has no parser to call from JavaScript, so this reads
 * just enough: strings, comments and brackets, to see `test("…"`, `it.each(…)("…"` and their kin.
 */

const starters = new Set(["test", "it", "describe"]);
/** Tests that do not run prove nothing. */
const notRun = new Set(["skip", "todo", "fixme"]);
/** Calls that take a text which is no title. */
const notTitles = new Set(["step", "use", "extend", "setTimeout", "info", "slow"]);
const closers = { "(": ")", "[": "]", "{": "}" };

/** @returns {string[]} the titles of tests that run, in order */
export function titlesIn(source) {
  const tokens = tokenize(source);
  const titles = [];
  for (let at = 0; at < tokens.length; at++) {
    const before = tokens[at - 1]?.text;
    if (tokens[at].kind !== "word" || !starters.has(tokens[at].text) || before === "." || before === "?.")
      continue;
    const chain = [];
    let next = at + 1;
    while (tokens[next]?.text === "." && tokens[next + 1]?.kind === "word") {
      chain.push(tokens[next + 1].text);
      next += 2;
    }
    // `.each(table)` and `.each`table`` come before the call that has the title.
    if (tokens[next]?.kind === "string") next += 1;
    else if (tokens[next]?.text === "(" && tokens[next + 1]?.kind !== "string") {
      const after = endOf(tokens, next);
      if (tokens[after]?.text === "(") next = after;
    }
    if (tokens[next]?.text !== "(" || tokens[next + 1]?.kind !== "string") continue;
    if (chain.some((part) => notRun.has(part))) {
      at = endOf(tokens, next) - 1;
      continue;
    }
    if (chain.some((part) => notTitles.has(part))) continue;
    let title = tokens[next + 1].text;
    for (let more = next + 2; tokens[more]?.text === "+" && tokens[more + 1]?.kind === "string"; more += 2) {
      title += tokens[more + 1].text;
    }
    titles.push(title);
  }
  return titles;
}

/** @returns {string[]} the claims that a title names: `P08`, `P10, P11`, `P01-P06`, `P01–06` */
export function claimsIn(title) {
  const found = new Set();
  for (const [, letter, first, otherLetter = letter, last = first] of title.matchAll(
    /\b([PUOTR])(\d{2})(?:\s*(?:-|–|\.\.|to)\s*([PUOTR])?(\d{2}))?(?!\w)/g,
  )) {
    const known = otherLetter === letter && last >= first;
    const count = known ? Number(last) - Number(first) : 0;
    for (let step = 0; step <= count; step++)
      found.add(`${letter}${String(Number(first) + step).padStart(2, "0")}`);
    if (!known) found.add(`${otherLetter}${last}`);
  }
  return [...found];
}

function endOf(tokens, open) {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { text, kind } = tokens[at];
    if (kind !== "mark") continue;
    if (text in closers) depth++;
    else if (Object.values(closers).includes(text) && --depth === 0) return at + 1;
  }
  return tokens.length;
}

const patterns = [
  { kind: "blank", pattern: /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y },
  { kind: "string", pattern: /"((?:\\[\s\S]|[^"\\\n])*)"|'((?:\\[\s\S]|[^'\\\n])*)'/y },
  { kind: "word", pattern: /[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*/uy },
  { kind: "regex", pattern: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y },
];

function tokenize(source) {
  const tokens = [];
  for (let at = 0; at < source.length; ) {
    const { kind, text, end } = tokenAt(source, at, tokens.at(-1));
    if (kind !== "blank") tokens.push({ kind, text });
    at = end;
  }
  return tokens;
}

function tokenAt(source, at, before) {
  if (source[at] === "`") {
    const end = endOfTemplate(source, at);
    return { kind: "string", text: source.slice(at + 1, end - 1), end };
  }
  for (const { kind, pattern } of patterns) {
    if (kind === "regex" && !beginsRegex(before)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { kind, text: match[1] ?? match[2] ?? match[0], end: pattern.lastIndex };
  }
  return { kind: "mark", text: source[at], end: at + 1 };
}

/** After a value a slash divides; anywhere else it begins a regular expression. */
function beginsRegex(before) {
  if (!before) return true;
  if (before.kind === "mark") return !")]}".includes(before.text);
  return before.kind === "word" && ["return", "typeof", "case", "of", "in", "await"].includes(before.text);
}

function endOfTemplate(source, start) {
  let at = start + 1;
  while (at < source.length && source[at] !== "`") {
    if (source[at] === "\\") at += 2;
    else if (source.startsWith("${", at)) {
      let depth = 1;
      at += 2;
      while (at < source.length && depth > 0) {
        if (source[at] === "`") at = endOfTemplate(source, at);
        else {
          if (source[at] === "{") depth++;
          if (source[at] === "}") depth--;
          at++;
        }
      }
    } else at++;
  }
  return at + 1;
}
