/** The page with this dialog open, and no other. */
export function dialogHref(
  pathname: string,
  params: URLSearchParams,
  opened: Record<string, string>,
): string {
  const query = new URLSearchParams(params);
  for (const name of ["add", "edit", "members", "delete", "find"]) query.delete(name);
  for (const [name, value] of Object.entries(opened)) query.set(name, value);
  return `${pathname}?${query}`;
}
