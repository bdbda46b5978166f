import type { Limit, PolicySource, Resource, Subject } from "../../lib/access/index.ts";

/** One question with its right answer, in the words of every contestant. */
export interface Query {
  user: string;
  permission: string;
  resource: string;
  action: string;
  /** What is acted on, where conditions are measured. */
  thing: Resource | undefined;
  allowed: boolean;
}

export interface World {
  title: string;
  source: PolicySource;
  subjects: Subject[];
  queries: Query[];
}

/** As many actions as accesscontrol knows. */
export const actions = ["create", "read", "update", "delete"] as const;
export const severities = ["low", "medium", "high", "critical"];

interface Size {
  title: string;
  roles: number;
  permissions: number;
  rolesPerUser: number;
  /** How many roles a role inherits, one after the other. */
  depth: number;
  /** Own permissions of a role. */
  own: number;
  conditions?: true;
}

export const sizes: readonly Size[] = [
  { title: "5 roles × 20 permissions", roles: 5, permissions: 20, rolesPerUser: 1, depth: 0, own: 10 },
  { title: "50 × 200, 3 roles, depth 3", roles: 50, permissions: 200, rolesPerUser: 3, depth: 3, own: 12 },
  {
    title: "500 × 2,000, 5 roles, depth 5",
    roles: 500,
    permissions: 2000,
    rolesPerUser: 5,
    depth: 5,
    own: 46,
  },
  {
    title: "50 × 200 with conditions",
    roles: 50,
    permissions: 200,
    rolesPerUser: 3,
    depth: 3,
    own: 12,
    conditions: true,
  },
];

function dice(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** From a severity on: the only condition, so that its right answer is easy to see. */
const from = (value: string): Limit => ({
  scope: "global",
  where: [{ attribute: "severity", test: "gte", value }],
});

export function makeWorld(size: Size): World {
  const roll = dice(7);
  const keys = Array.from({ length: size.permissions }, (_, n) => `thing${n >> 2}.${actions[n & 3]}`);
  const roles = Array.from({ length: size.roles }, (_, n) => ({
    key: `role${n}`,
    rank: 0,
    superuser: false,
    except: [],
    blocking: false,
    // One layer of roles inherits the next.
    inherits:
      size.depth > 0 && n % (size.depth + 1) < size.depth && n + 1 < size.roles ? [`role${n + 1}`] : [],
    grants: [...new Set(Array.from({ length: size.own }, () => keys[roll(keys.length)] as string))].map(
      (permission) => ({
        permission,
        limits: size.conditions ? [from(severities[1 + roll(3)] as string)] : [],
      }),
    ),
    api: "full" as const,
  }));
  const source: PolicySource = {
    permissions: keys.map((key) => ({ key, implies: [] })),
    roles,
    attributes: [
      {
        key: "severity",
        label: "Severity",
        description: "",
        of: "resource",
        kind: "choice",
        values: severities,
      },
    ],
  };
  const subjects = Array.from({ length: 1000 }, (_, n): Subject => {
    // From the top of the hierarchy, so that the whole depth counts.
    const tops = Math.ceil(size.roles / (size.depth + 1));
    const held = new Set<string>();
    while (held.size < size.rolesPerUser) held.add(`role${roll(tops) * (size.depth + 1)}`);
    return {
      id: `user${n}`,
      active: true,
      assignments: [...held].map((role, place) => ({ id: `${n}-${place}`, role })),
    };
  });
  const world = { title: size.title, source, subjects, queries: [] as Query[] };
  const known = subjects.map((subject) => conditionsOf(world, subject));
  for (let n = 0; n < 4096; n++) {
    const wanted = n % 2 === 0;
    for (;;) {
      const place = roll(subjects.length);
      const key = keys[roll(keys.length)] as string;
      const severity = severities[roll(4)] as string;
      const held = known[place]?.get(key);
      const allowed =
        held !== undefined && (held.length === 0 || held.some((least) => isAtLeast(severity, least)));
      if (allowed !== wanted) continue;
      const [resource = "", action = ""] = key.split(".");
      const thing = size.conditions && { attributes: { severity } };
      world.queries.push({ user: `user${place}`, permission: key, resource, action, thing, allowed });
      break;
    }
  }
  return world;
}

export const isAtLeast = (severity: string, least: string): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);

/** A role and all that it inherits. */
export function closureOf({ source }: Pick<World, "source">, key: string): string[] {
  const found = new Set([key]);
  const byKey = new Map(source.roles.map((role) => [role.key, role]));
  for (const one of found) for (const base of byKey.get(one)?.inherits ?? []) found.add(base);
  return [...found];
}

/** What a subject holds, each permission with the severities from which it holds; none means in full. */
export function conditionsOf(world: Pick<World, "source">, subject: Subject): Map<string, string[]> {
  const held = new Map<string, string[]>();
  const byKey = new Map(world.source.roles.map((role) => [role.key, role]));
  for (const { role } of subject.assignments)
    for (const key of closureOf(world, role))
      for (const { permission, limits } of byKey.get(key)?.grants ?? []) {
        const least = limits.flatMap(({ where }) =>
          where.map((condition) => ("value" in condition ? String(condition.value) : "")),
        );
        held.set(permission, [...(held.get(permission) ?? []), ...least]);
      }
  return held;
}
