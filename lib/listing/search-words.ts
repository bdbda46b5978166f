const most = 6;

/** What is looked for in each row, a search of its own for each word. */
export const searchWords = (text: string): string[] => fewWords(text.split(/\s+/).filter(Boolean));

/** Each word once, and at most six: what comes after the fifth has to stand in a row together. */
export function fewWords(words: readonly string[]): string[] {
  const different = [...new Set(words)];
  if (different.length <= most) return different;
  return [...different.slice(0, most - 1), different.slice(most - 1).join(" ")];
}
