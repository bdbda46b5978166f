/** Migrated and empty; every test database is a copy of it. */
export const templateName = "template_bailiwick";

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
