import type { MatrixCell, MatrixPermission, MatrixRole, RoleHours } from "#lib/roles/matrix-data.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** The state of a cell for people who do not see its mark: "granted", "inherited from Auditor, limited: own team". */
export function stateInWords(cell: MatrixCell | undefined): string {
  if (!cell) return "not granted";
  return cell.limits ? `${wayInWords(cell)}, limited: ${list.format(cell.limits)}` : wayInWords(cell);
}

function wayInWords(cell: MatrixCell): string {
  switch (cell.by) {
    case "own":
      return "granted";
    case "inherited":
      return `inherited from ${list.format(cell.from ?? ["a base role"])}`;
    case "implied":
      return `comes with ${list.format(cell.from ?? ["another permission"])}`;
    case "always":
      return "always held";
  }
}

/** The sentence that answers why. */
export function reasonInWords(
  role: MatrixRole,
  permission: MatrixPermission,
  cell: MatrixCell | undefined,
): string {
  const may = `${role.label} ${cell ? "holds" : "does not hold"} ${permission.label}`;
  if (!cell)
    return `${may}: neither the role nor a base role of it grants it, and nothing it holds brings it along.`;
  switch (cell.by) {
    case "own":
      return cell.alsoFrom
        ? `${may}: granted on the role itself, and inherited from ${list.format(cell.alsoFrom)} as well.`
        : `${may}: granted on the role itself.`;
    case "inherited":
      return `${may}: inherited from ${list.format(cell.from ?? ["a base role"])}.`;
    case "implied":
      return `${may}: it comes with ${list.format(cell.from ?? ["another permission"])}.`;
    case "always":
      return `${may}: a superuser role always holds it, whatever is stored.`;
  }
}

export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** When a role gives anything: "Only Mon–Fri 08:00–18:00 Europe/Berlin: closed now, opens Mon 2 Mar, 08:00." */
export function hoursInWords({ words, open, opens }: RoleHours): string {
  if (open) return `Only ${words}: open now.`;
  if (!opens) return `Only ${words}: closed now.`;
  const when = new Date(opens).toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `Only ${words}: closed now, opens ${when} on your clock.`;
}
