/** A key that the search box understands, such as `role:`, with the values it offers. */
export interface SearchToken {
  key: string;
  /** What it finds: "people with this role". */
  hint: string;
  values?: readonly { value: string; label?: string }[];
}

export interface Suggestion {
  /** What the word under the caret becomes. */
  text: string;
  hint: string;
}

export interface Completion {
  from: number;
  to: number;
  suggestions: Suggestion[];
}

type TokenValue = NonNullable<SearchToken["values"]>[number];

function begins({ value, label }: TokenValue, typed: string): boolean {
  return value.toLowerCase().startsWith(typed) || Boolean(label?.toLowerCase().startsWith(typed));
}

const nothing: Completion = { from: 0, to: 0, suggestions: [] };

/** What could be meant by the word before the caret: keys first, then the values of a key. */
export function completionAt(text: string, caret: number, tokens: readonly SearchToken[]): Completion {
  const from = text.slice(0, caret).search(/[^\s"]*(?:"[^"]*)?$/);
  const word = text.slice(from, caret).toLowerCase();
  const colon = word.indexOf(":");
  if (colon < 0) {
    const suggestions = tokens
      .filter((token) => token.key.startsWith(word))
      .map((token) => ({ text: `${token.key}:`, hint: token.hint }));
    return { from, to: caret, suggestions };
  }
  const token = tokens.find((each) => each.key === word.slice(0, colon));
  if (!token?.values) return nothing;
  const typed = word.slice(colon + 1).replace(/^"/, "");
  const suggestions = token.values
    .filter(({ value, label }) => `${value} ${label ?? ""}`.toLowerCase().includes(typed))
    .filter(({ value }) => value.toLowerCase() !== typed)
    .sort((one, other) => Number(begins(other, typed)) - Number(begins(one, typed)))
    .slice(0, 8)
    .map(({ value, label }) => ({
      text: `${token.key}:${/\s/.test(value) ? `"${value}"` : value} `,
      hint: label ?? "",
    }));
  return { from, to: caret, suggestions };
}

/** The text with the word under the caret replaced, and where the caret goes. */
export function complete(
  text: string,
  { from, to }: Completion,
  suggestion: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(to).replace(/^\S*\s?/, "");
  const head = text.slice(0, from) + suggestion.text;
  return { text: head + rest, caret: head.length };
}
