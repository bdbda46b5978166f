/** The search parameters of every list; the URL is its whole state. */
export const listParams = {
  search: "q",
  sort: "sort",
  after: "after",
  before: "before",
  size: "size",
} as const;

export type ParamChanges = Record<string, string | number | readonly string[] | null | undefined>;

/**
 * The address of the same list with some parameters changed (null or "" takes one out).
 * A cursor belongs to one order and one filter, so it never survives a change of them.
 */
export function listHref(pathname: string, current: URLSearchParams | string, changes: ParamChanges): string {
  const params = new URLSearchParams(current);
  params.delete(listParams.after);
  params.delete(listParams.before);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    const values = Array.isArray(value) ? value : [value];
    for (const each of values)
      if (each !== null && each !== undefined && each !== "") params.append(name, String(each));
  }
  const query = params.toString();
  return query ? `${pathname}?${query}` : pathname;
}
