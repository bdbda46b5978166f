import { type Attributes, compile, decide, type Limit, type Scope } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";

/** Something to try limits on. */
export interface Sample {
  /** Attribute key to value; what is left out is not known of it. */
  values: Readonly<Record<string, string | number>>;
  /** Whether it is in the user's organizations or teams, or the user's own. */
  within: Readonly<Partial<Record<Scope, boolean>>>;
}

export interface Tried {
  allowed: boolean;
  /** Of each limit, the first part that failed. */
  failed: { scope?: Scope; condition?: Limit["where"][number] }[];
}

/** What the decision engine says of a sample, in the browser: the very function that answers on the server. */
export function tryLimits(
  limits: readonly Limit[],
  attributes: readonly EditedAttribute[],
  sample: Sample,
  at: number,
): Tried {
  const policy = compile({
    permissions: [{ key: "asked", implies: [] }],
    attributes,
    groups: attributes.flatMap(({ key: attribute, groups = [] }) =>
      groups.map(({ key, members }) => ({ attribute, key, members })),
    ),
    roles: [
      {
        key: "tried",
        rank: 0,
        superuser: false,
        except: [],
        blocking: false,
        inherits: [],
        grants: [{ permission: "asked", limits }],
        api: "none",
      },
    ],
  });
  const of = (whose: EditedAttribute["of"]): Attributes =>
    Object.fromEntries(
      attributes
        .filter((attribute) => attribute.of === whose && attribute.key in sample.values)
        .map(({ key }) => [key, sample.values[key] as string | number]),
    );
  const place = (scope: Scope) => (sample.within[scope] ? "own" : "another");
  const decision = decide(
    policy,
    {
      id: "own",
      active: true,
      assignments: [{ id: "assigned", role: "tried" }],
      organizations: ["own"],
      teams: ["own"],
      attributes: of("subject"),
    },
    {
      permission: "asked",
      at,
      action: { attributes: of("action") },
      context: of("context"),
      resource: {
        organization: place("organization"),
        team: place("team"),
        owner: place("personal"),
        attributes: of("resource"),
      },
    },
  );
  const failures =
    decision.effect === "deny" && decision.reason.kind === "limit_failed" ? decision.reason.failures : [];
  return { allowed: decision.effect === "allow", failed: failures.map(({ failed }) => failed) };
}
