import type { PatchOperation } from "#lib/scim/patch.ts";

export const times = (text: string) => (size: number) => text.repeat(size);
export const some = (size: number, one: (index: number) => string) =>
  Array.from({ length: size }, (_, index) => one(index)).join("");
export const within = (size: number, start: string, end: string) => start.repeat(size) + end.repeat(size);
/** XML at its worst: within limits of depth, of names and of attributes in sight, and beyond them. */
export const xml: ((size: number) => string)[] = [
  ...["<?a", "<a>", "<a/>", 'a="', "= ", "&lt;", "<a b='", "&a", "</a", "<a b=''", "a:"].map(times),
  (size) => within(size, "<a>", "</a>"),
  (size) => `${some(size, (index) => `<a xmlns:n${index}="u">`)}${"</a>".repeat(size)}`,
  (size) => `<r>${"<a/>b".repeat(size)}</r>`,
  (size) => `<r>${"<a>b</a>".repeat(size)}</r>`,
  (size) => `<r>${'<a xmlns:n="u" n:b=""/>'.repeat(size)}</r>`,
  (size) => `<r>${some(size, (index) => `<a${index}></a${index}>`)}</r>`,
  (size) => `<r>${some(size, (index) => `<a${index % 250}></a${index % 250}>`)}</r>`,
  (size) => `<a ${some(size, (index) => ` a${index}=""`)}/>`,
  (size) => `<a ${some(size, (index) => ` xmlns:n${index}="u"`)}/>`,
  (size) => `<r>${`<a ${some(100, (index) => ` a${index}=""`)}/>`.repeat(size / 50)}</r>`,
  (size) =>
    `${some(30, (index) => `<a xmlns:n${index}="u" n${index}:b="">`)}${"<n1:a/>b".repeat(size)}${"</a>".repeat(30)}`,
  (size) => `<a>${"b".repeat(size * 20)}\u2029</a>`,
  (size) => `<a>${"\r\n".repeat(size * 30)}</a>`,
  (size) => `<a>${"&amp;".repeat(size * 20)}</a>`,
  (size) => `<a b="${"&lt;".repeat(size * 20)}"/>`,
  (size) => `<${"a".repeat(size * 60)}/>`,
  (size) => `<a${" ".repeat(size * 60)}/>`,
  (size) => `<a>${" ".repeat(size * 60)}</a ${" ".repeat(size * 60)}>`,
];
/** Filters and what paths have of them. */
export const filters: ((size: number) => string)[] = [
  ...[
    'userName eq "a" and ',
    "(",
    "not (",
    "[",
    '"\\',
    "a.",
    "a[",
    "urn:",
    'a[b eq "',
    "a:b:",
    "a pr or ",
  ].map(times),
  (size) => `${within(size, "(", ")")} pr`,
  (size) => `${"(".repeat(size)}a pr${")".repeat(size)}`,
  (size) => `${"not (".repeat(size)}a pr${")".repeat(size)}`,
  (size) => `a[${"(".repeat(size)}b pr${")".repeat(size)}].c`,
  (size) => `a[${"b.".repeat(size)}c eq 1].d`,
  (size) => `a eq "${"b".repeat(size * 4)}`,
  (size) => `a eq "${"\\".repeat(size * 4)}"`,
  (size) => `a.${"b".repeat(size * 4)} eq 1`,
];
export const metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
export const nested = (size: number) =>
  Array.from({ length: size }, () => ({ a: [{ b: [{ c: 0 }, { c: 1 }] }] }));
/** The first makes a large state, which each of the others looks at. */
export const operations = (
  size: number,
  one: (index: number) => PatchOperation,
  state?: unknown,
): PatchOperation[] => [
  ...(state === undefined ? [] : [{ op: "add" as const, path: "x", value: state }]),
  ...Array.from({ length: size }, (_, index) => one(index)),
];

/** How deep an input nests within a line: brackets of every kind, elements, and the dots in a field's name. */
export function depthOf(input: unknown): number {
  let [open, deepest] = [0, 0];
  for (const [mark] of textOf(input).matchAll(/[[({\n]|<(?![/?!])|[\])}]|<\/|\/>/g)) {
    if (mark === "\n") open = 0;
    else open += "[({<".includes(mark) ? 1 : -1;
    deepest = Math.max(deepest, open);
  }
  return deepest;
}

function textOf(input: unknown): string {
  if (typeof input === "string") return `${input}\n${Buffer.from(input, "base64").toString("latin1")}`;
  if (input instanceof FormData) return [...input].flat().join("\n").replaceAll(".", "(");
  return JSON.stringify(input);
}
