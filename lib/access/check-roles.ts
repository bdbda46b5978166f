import type { Catalogue } from "./catalogue.ts";
import type { Report } from "./check-catalogue.ts";
import { findCycle } from "./cycles.ts";
import { isTimeZone } from "./local-time.ts";

type Node = { key: string; next: readonly string[] };

function checkCycle(nodes: readonly Node[], list: string, field: string, report: Report): void {
  const next = new Map(nodes.map((node) => [node.key, node.next]));
  const cycle = findCycle(next.keys(), (key) => next.get(key) ?? []);
  if (!cycle) return;
  const index = nodes.findIndex(({ key }) => key === cycle[0]);
  report([list, index, field], `goes round in a circle: ${cycle.join(" → ")}`);
}

/** No circle of implied permissions or base roles; windows that can be reckoned; exceptions that mean something. */
export function checkRoles({ permissions, roles }: Catalogue, report: Report): void {
  checkCycle(
    permissions.map(({ key, implies }) => ({ key, next: implies })),
    "permissions",
    "implies",
    report,
  );
  checkCycle(
    roles.map(({ key, inherits }) => ({ key, next: inherits })),
    "roles",
    "inherits",
    report,
  );
  roles.forEach(({ key, superuser, except, window }, index) => {
    if (except.length > 0 && !superuser)
      report(
        ["roles", index, "except"],
        `only a superuser role has exceptions; "${key}" is none, so leave the grant out`,
      );
    if (window && !isTimeZone(window.timeZone))
      report(
        ["roles", index, "window", "timeZone"],
        `"${window.timeZone}" is no time zone; expected an IANA name such as Europe/Berlin`,
      );
    for (const { key: permission, implies } of permissions) {
      const lost =
        superuser && !except.includes(permission)
          ? implies.find((other) => except.includes(other))
          : undefined;
      if (lost !== undefined)
        report(
          ["roles", index, "except"],
          `"${permission}" implies the excepted "${lost}"; expected it among the exceptions too`,
        );
    }
  });
}
