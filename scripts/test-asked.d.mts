export function readAsked(
  words: readonly string[],
  files?: readonly string[],
): { asked: Set<string>; unitPaths: string[]; browserPaths: string[] };
