import { figure, markdownTable } from "./markdown.ts";
import type { Row } from "./measure.ts";

export type ScimRow = Row & { members: number | undefined };

export function scimTable(rows: readonly ScimRow[]): string {
  const headers = ["SCIM", "c", "server ms", "PostgreSQL ms", "statements", "statements a member", "p50 ms"];
  return markdownTable(
    headers,
    rows.map(({ title, workers, members, by: { console } }) => [
      title,
      String(workers),
      figure(console?.server),
      figure(console?.postgres),
      figure(console?.statements),
      members && console?.statements !== undefined ? figure(console.statements / members) : "",
      figure(console?.p50),
    ]),
  );
}
