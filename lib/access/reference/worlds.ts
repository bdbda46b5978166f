import * as fc from "fast-check";
import type { Attribute, Condition, Limit, Window } from "../catalogue.ts";
import type {
  AssignmentSource,
  Attributes,
  PolicySource,
  Question,
  Resource,
  RoleSource,
  Subject,
} from "../model.ts";
import { jumps, referenceZones } from "./wall-time.ts";

/** Random access models with subjects and questions: small, so that everything meets everything else. */

export const permissionKeys = ["p0", "p1", "p2", "p3", "p4", "p5"];
const roleKeys = ["r0", "r1", "r2", "r3", "r4", "r5", "r6"];
const severities = ["low", "medium", "high"];

const attribute = (
  key: string,
  of: Attribute["of"],
  kind: Attribute["kind"],
  values: string[] = [],
): Attribute => ({
  key,
  label: key,
  description: "",
  of,
  kind,
  values,
});

export const attributes = [
  attribute("severity", "resource", "choice", severities),
  attribute("score", "resource", "number"),
  attribute("seen", "resource", "instant"),
  attribute("source", "resource", "managed"),
  attribute("clearance", "subject", "choice", severities),
  attribute("purpose", "action", "text"),
  attribute("network", "context", "text"),
];
const attributeKeys = [...attributes.map(({ key }) => key), "constructor"];

const some = <T>(from: readonly T[], maxLength = from.length) => fc.subarray([...from], { maxLength });
const rarely = (weight = 7) =>
  fc.oneof({ weight, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const maybe = <T>(value: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });

const quarter = 900_000;
const leapDay = Date.UTC(2024, 1, 29);
export const instants = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...jumps),
      fc.constant(leapDay),
      fc.integer({ min: 0, max: 1400 }).map((day) => Date.UTC(2024, 1, 28 + day)),
    ),
    fc.integer({ min: -96 * 3, max: 96 * 3 }),
    fc.constantFrom(0, 0, 0, -1, 1, 60_000),
  )
  .map(([base, quarters, shift]) => base + quarters * quarter + shift);

/** The instant itself and some after it, soon and within some weeks. */
export const laterThan = (at: number) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(1, 60_000),
        fc.integer({ min: 0, max: 96 * 21 }).map((n) => n * quarter),
      ),
      {
        minLength: 4,
        maxLength: 4,
      },
    )
    .map((steps) => [at, ...steps.map((step) => at + step)]);

export const windows: fc.Arbitrary<Window> = fc.record({
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: fc.constantFrom("00:00", "01:30", "02:00", "02:15", "03:00", "08:30", "17:45", "22:00"),
  to: fc.constantFrom("24:00", "00:00", "02:00", "02:30", "03:00", "06:00", "17:45", "22:00"),
  timeZone: fc.constantFrom(...referenceZones, ...referenceZones, "Mars/Olympus"),
});

const values = fc.oneof(
  fc.constantFrom<string | number>("low", "medium", "high", "s1", "s2", 1, 2, 3),
  fc.constantFrom("2026-03-01T00:00:00Z", "2026-03-29", "2012-01-01T12:00:00+05:45", "soon"),
  instants,
);
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    attribute: fc.constantFrom(...attributeKeys),
    test: fc.constant("in" as const),
    values: fc.array(values, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    attribute: fc.constantFrom("source", "source", "severity", "constructor"),
    test: fc.constant("inGroup" as const),
    values: fc.subarray(["g1", "g2", "g3", "constructor"], { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    attribute: fc.constantFrom(...attributeKeys),
    test: fc.constantFrom("gte" as const, "lte" as const),
    value: values,
  }),
  fc.record({
    attribute: fc.constantFrom("seen", "seen", "source"),
    test: fc.constant("withinDays" as const),
    value: fc.constantFrom(1, 30, 400),
  }),
);
export const limits: fc.Arbitrary<Limit> = fc.record({
  scope: fc.constantFrom("global", "organization", "team", "personal"),
  where: fc.array(conditions, { maxLength: 2 }),
});
const grants = fc.record({
  permission: fc.constantFrom(...permissionKeys, "ghost"),
  limits: fc.oneof(fc.constant([]), fc.array(limits, { minLength: 1, maxLength: 2 })),
});

export const groups = fc.array(
  fc.record({
    attribute: fc.constantFrom("source", "source", "severity"),
    key: fc.constantFrom("g1", "g2"),
    members: fc.shuffledSubarray(["s1", "s2", "low"]),
  }),
  { maxLength: 3 },
);

export const role = (key: string): fc.Arbitrary<RoleSource> =>
  fc.record({
    key: fc.constant(key),
    rank: fc.integer({ min: 0, max: 3 }),
    superuser: rarely(9),
    except: some(permissionKeys, 2),
    blocking: rarely(24),
    inherits: some([...roleKeys, "ghost"], 3),
    grants: fc.array(grants, { maxLength: 3, size: "max" }),
    window: maybe(windows),
    api: fc.oneof(
      fc.constantFrom("full" as const, "read_only" as const, "none" as const),
      fc.record({ endpoints: fc.subarray(["GET /a", "POST /b", "* /c"], { minLength: 1 }) }),
    ),
  });

export const sources: fc.Arbitrary<PolicySource> = fc.record({
  permissions: fc.tuple(
    ...permissionKeys.map((key) =>
      fc.record({ key: fc.constant(key), implies: some([...permissionKeys, "ghost"], 1) }),
    ),
  ),
  attributes: fc.constant(attributes),
  groups: maybe(groups, 9),
  roles: fc
    .integer({ min: 1, max: roleKeys.length })
    .chain((count) => fc.tuple(...roleKeys.slice(0, count).map(role))),
});

const anything = fc.oneof(values, fc.array(fc.constantFrom("s1", "s2", "low"), { maxLength: 2 }));
const usually = (value: fc.Arbitrary<Attributes[string]>) =>
  fc.oneof({ weight: 2, arbitrary: value }, { weight: 1, arbitrary: anything });
const level = usually(fc.constantFrom(...severities));
const given = {
  severity: level,
  clearance: level,
  source: usually(fc.constantFrom("s1", "s2")),
  score: usually(fc.constantFrom(1, 2, 3)),
  seen: usually(instants),
  purpose: anything,
  network: anything,
};
const attributesOf = (keys: (keyof typeof given)[]): fc.Arbitrary<Attributes> =>
  fc
    .tuple(some(keys), fc.record(given))
    .map(([kept, all]) => Object.fromEntries(kept.map((key) => [key, all[key]])));

export const assignment = (at: number): fc.Arbitrary<Omit<AssignmentSource, "id">> => {
  const rest = fc.oneof(fc.constant(Number.NaN), instants);
  const often = (...near: number[]) =>
    maybe(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...near) }, { weight: 1, arbitrary: rest }));
  return fc.record({
    role: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom("r0", "r1", "r2") },
      { weight: 1, arbitrary: fc.constantFrom(...roleKeys) },
    ),
    start: often(at - 1, at, at, at + 1),
    end: often(at, at + 1, at + 1, at + 60_000),
    window: maybe(windows),
    organization: maybe(fc.constantFrom("o1", "o2")),
    team: maybe(fc.constantFrom("t1", "t2")),
  });
};

export const subjectsAt = (at: number): fc.Arbitrary<Subject> =>
  fc.record({
    id: fc.constant("ann"),
    active: rarely(15).map((inactive) => !inactive),
    assignments: fc
      .array(assignment(at), { minLength: 1, maxLength: 4, size: "max" })
      .map((all) => all.map((one, index) => ({ ...one, id: `a${index}` }))),
    organizations: maybe(some(["o1", "o2"]), 9),
    teams: maybe(some(["t1", "t2"]), 9),
    attributes: maybe(attributesOf(["clearance"]), 9),
  });

export const resources: fc.Arbitrary<Resource> = fc.record({
  organization: maybe(fc.constantFrom("o1", "o2", "o3"), 9),
  team: maybe(fc.constantFrom("t1", "t2", "t3"), 9),
  owner: maybe(fc.constantFrom("ann", "bob"), 9),
  assignees: maybe(some(["ann", "bob"]), 3),
  attributes: maybe(attributesOf(["severity", "score", "seen", "source"]), 9),
});

export interface World {
  source: PolicySource;
  subject: Subject;
  at: number;
  resources: Resource[];
  action: Question["action"];
  context: Attributes | undefined;
}

export const worlds: fc.Arbitrary<World> = instants.chain((at) =>
  fc.record({
    at: fc.oneof(
      { weight: 60, arbitrary: fc.constant(at) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    source: sources,
    subject: subjectsAt(at),
    resources: fc.array(resources, { minLength: 3, maxLength: 3 }),
    action: maybe(fc.record({ attributes: maybe(attributesOf(["purpose"]), 9) }), 3),
    context: maybe(attributesOf(["network"]), 3),
  }),
);

export const permissionsAsked = [...permissionKeys, "ghost"];
