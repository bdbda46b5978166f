import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Pair } from "yaml";

export type Path = readonly PropertyKey[];

/** The line on which the node at `path` begins; for a node that is missing, the line of its nearest parent. */
export function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    let place: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item) === String(segment));
      place = pair?.key;
      node = pair?.value;
    } else if (isSeq(node)) {
      place = node.items[Number(segment)];
      node = place;
    }
    const start = startOf(place);
    if (start === undefined) break;
    offset = start;
  }
  return Math.max(1, lines.linePos(offset).line);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** `["roles", 2, "rank"]` as people write it: `roles[2].rank`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const segment of path) {
    if (typeof segment === "number") text += `[${segment}]`;
    else text += text === "" ? String(segment) : `.${String(segment)}`;
  }
  return text;
}
