/** The query of a page as Next gives it. */
export type SearchParams = Record<string, string | string[] | undefined>;

export interface SearchProps {
  searchParams: Promise<SearchParams>;
}

/** The same page with some parameters changed: undefined takes one out, "" leaves its name alone (`?add`). */
export function pageHref(
  path: string,
  params: SearchParams,
  changes: Record<string, string | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...changes })) {
    for (const each of [value].flat()) if (each !== undefined) query.append(name, each);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Changes that close dialogs: takes these parameters out. */
export const without = (names: readonly string[]): Record<string, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined]));
