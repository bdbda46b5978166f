const dialogs = [
  "edit",
  "delete",
  "add-team",
  "edit-team",
  "delete-team",
  "add-members",
  "remove",
  "from",
  "find",
];

/** The query of the page with this dialog open, and no other. */
export function dialogQuery(params: URLSearchParams, opened: Record<string, string>): string {
  const query = new URLSearchParams(params);
  for (const name of dialogs) query.delete(name);
  for (const [name, value] of Object.entries(opened)) query.set(name, value);
  return query.toString();
}
