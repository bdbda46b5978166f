import { type AssignmentSource, describeWindow, nextBegin } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { HeldRole } from "./answer.ts";
import { type Names, windowOf } from "./names.ts";

/** Where an assignment comes from, besides what the engine needs. */
export interface Origin {
  source: string;
  givenBy: string | null;
  reason: string | null;
}

const sources: Record<string, string> = {
  local: "given by hand",
  setup: "from setting up the installation",
  "sign-up": "from signing up",
  elevation: "as a temporary elevation",
  import: "from an import",
  scim: "through SCIM",
  idp: "from the identity provider",
};

/** A hold on a role, and whether it counts at the instant. Without an origin: one that nobody has. */
export function heldRole(
  assignment: AssignmentSource,
  origin: Origin | undefined,
  { access, names, at }: { access: ActivePolicy; names: Names; at: number },
): HeldRole {
  const { id, role, start, end, window, organization, team } = assignment;
  const own = window ? [`This assignment counts ${describeWindow(window)}`] : [];
  const roleWindow = windowOf(access, role);
  const roleHours = roleWindow ? [`${names.role(role)} counts ${describeWindow(roleWindow)}`] : [];
  const begins = nextBegin(assignment, roleWindow, at);
  return {
    id,
    role,
    label: names.role(role),
    notes: [
      ...(organization ? [`Only in the organization ${names.organization(organization)}`] : []),
      ...(team ? [`Only in the team ${names.team(team)}`] : []),
      ...(origin?.reason ? [`Reason: ${origin.reason}`] : []),
    ],
    hours: [...own, ...roleHours],
    active: begins === at,
    ...(origin && { source: sourceWords(origin) }),
    ...(start !== undefined && { from: new Date(start) }),
    ...(end !== undefined && { until: new Date(end) }),
    ...(begins !== undefined && begins !== at && { begins: new Date(begins) }),
  };
}

function sourceWords({ source, givenBy }: Origin): string {
  const words = sources[source] ?? `from ${source}`;
  if (!givenBy) return words;
  return source === "idp" || source === "scim" ? `${words} (${givenBy})` : `${words} by ${givenBy}`;
}
