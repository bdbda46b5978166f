/**
 * The path and query of a request line, or undefined when it is not one that a browser or client of ours sends:
 * an absolute form, doubled slashes, backslashes, control characters, broken percent signs.
 */
export function readTarget(target: string | undefined): URL | undefined {
  if (!target || target.length > 8_192 || !/^\/(?!\/)[\x21-\x7e]*$/.test(target)) return undefined;
  const path = target.split(/[?#]/, 1)[0] ?? "";
  if (path.includes("//") || path.includes("\\")) return undefined;
  try {
    if (/[\p{Cc}\\]/u.test(decodeURIComponent(path))) return undefined;
    return new URL(target, "http://localhost");
  } catch {
    return undefined;
  }
}
