/**
 * A pasted document without comments and instructions, which mean nothing in metadata. The declaration stays.
 * The text is gone through once; what never ends stays as it is, and is refused later on.
 */
export function withoutAsides(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const end = endOfAside(text, at);
    if (end === undefined) continue;
    if (end < 0) break;
    kept.push(text.slice(from, at));
    from = end;
    at = end - 1;
  }
  kept.push(text.slice(from));
  return kept.join("");
}

/** Where a comment or an instruction ends that begins here; -1 if it never does, undefined if none begins here. */
function endOfAside(text: string, at: number): number | undefined {
  if (text.startsWith("<!--", at)) return after(text, "--", at + 4, ">");
  if (text.startsWith("<?", at) && !/^xml\s/.test(text.slice(at + 2, at + 6)))
    return after(text, "?>", at + 2);
  return undefined;
}

function after(text: string, mark: string, from: number, then = ""): number {
  const found = text.indexOf(mark, from);
  return found >= 0 && text.startsWith(then, found + mark.length) ? found + mark.length + then.length : -1;
}
