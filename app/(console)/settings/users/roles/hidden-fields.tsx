import type { EditedAssignment } from "./edited-assignment.ts";

/** A row as the form sends it, for what no control of its own sends: a row that is closed has none. */
export function HiddenFields({ name, row, open }: { name: string; row: EditedAssignment; open: boolean }) {
  const window = row.window && { from: row.window.from, to: row.window.to, timeZone: row.window.timeZone };
  const fields: [string, string][] = [
    ["role", row.role.key],
    ...(row.stored ? [["id", row.stored.id] as [string, string]] : []),
    ...(open
      ? []
      : ([
          ["startsAt", row.startsAt],
          ["endsAt", row.endsAt],
        ] as [string, string][])),
    ["organizationId", row.organizationId],
    ["teamId", row.teamId],
    ["reason", row.reason],
    ...Object.entries(window ?? {}).map(([key, value]): [string, string] => [`window.${key}`, value]),
    ...(row.window?.days ?? []).map((day): [string, string] => ["window.days", String(day)]),
  ];
  return fields.map(([key, value]) => (
    <input key={`${key}-${value}`} type="hidden" name={`${name}.${key}`} value={value} />
  ));
}
