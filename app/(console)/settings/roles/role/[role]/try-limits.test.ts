import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, type Limit, limitSchema, type Scope } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { atLevel, levels } from "./access-level.ts";
import { conditionOf, testsOf } from "./condition-tests.ts";
import { type ManagedRule, withRule } from "./managed-rule.ts";
import { changesOf, untouched } from "./role-draft.ts";
import { type Sample, tryLimits } from "./try-limits.ts";

const now = Date.UTC(2026, 2, 2, 9);
const day = 86_400_000;
const shared = { description: "", of: "resource", values: [] } as const;
const sources = ["oslo", "delft", "m365"];
const groups = { eu: ["oslo", "delft"], none: [] as string[] };
const severities = ["low", "medium", "high"];
const attributes: EditedAttribute[] = [
  {
    ...shared,
    values: [],
    key: "source",
    label: "Source",
    kind: "managed",
    known: sources.map((key) => ({ key, label: key })),
    groups: Object.entries(groups).map(([key, members]) => ({ key, label: key, members })),
  },
  { ...shared, key: "severity", label: "Severity", kind: "choice", values: severities },
  { ...shared, values: [], key: "occurred", label: "Time", kind: "instant" },
  { ...shared, values: [], key: "score", label: "Score", kind: "number" },
];
const numbers = [1, 5, 9];
const pool: Record<string, (string | number)[]> = { source: sources, severity: severities, score: numbers };

/** Conditions as the builder makes them, filled in. */
const condition: fc.Arbitrary<Condition> = fc
  .record({
    attribute: fc.constantFrom(...attributes),
    pick: fc.nat(),
    some: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
  })
  .map(({ attribute, pick, some }) => {
    const tests = testsOf(attribute).filter(
      ({ value }) => attribute.kind !== "instant" || value === "withinDays",
    );
    const begun = conditionOf(attribute, tests[pick % tests.length]?.value ?? "in");
    const values = pool[attribute.key] ?? [];
    const at = (index: number) => values[index % values.length] as string | number;
    if (begun.test === "inGroup") return { ...begun, values: [some[0] ? "eu" : "none"] };
    if (begun.test === "in") return { ...begun, values: [...new Set(some.map(at))] };
    return begun.test === "withinDays"
      ? { ...begun, value: 1 + (pick % 40) }
      : { ...begun, value: at(some[0] ?? 0) };
  });

const limits: fc.Arbitrary<Limit[]> = fc.array(
  fc.record({
    scope: fc.constantFrom<Scope>("global", "organization", "team", "personal"),
    where: fc.array(condition, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const sample: fc.Arbitrary<Sample> = fc
  .record({
    source: maybe(sources),
    severity: maybe(severities),
    score: maybe(numbers),
    occurred: maybe([now, now - 3 * day, now - 20 * day, now - 60 * day, now + day]),
    organization: fc.boolean(),
    team: fc.boolean(),
    personal: fc.boolean(),
  })
  .map(({ organization, team, personal, ...values }) => ({
    values: Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== undefined),
    ) as Sample["values"],
    within: { organization, team, personal },
  }));

/** What the words of a sentence mean, read literally. */
function means(limit: Limit, { values, within }: Sample): boolean {
  const placed = limit.scope === "global" || within[limit.scope] === true;
  return (
    placed &&
    limit.where.every((one) => {
      const value = values[one.attribute];
      if (value === undefined) return false;
      if (one.test === "in") return one.values.includes(value);
      if (one.test === "inGroup")
        return one.values.some((key) => groups[key as keyof typeof groups].includes(String(value)));
      if (one.test === "withinDays") return Number(value) <= now && Number(value) >= now - one.value * day;
      const order: (string | number)[] = pool[one.attribute] ?? [];
      const [mine, bound] = [order.indexOf(value), order.indexOf(one.value)];
      return one.test === "gte" ? mine >= bound : mine <= bound;
    })
  );
}

test("T03: what the editor's sentence stores is what the decision honours", () => {
  fc.assert(
    fc.property(limits, sample, (drafted, thing) => {
      const changes = changesOf(
        { grants: {}, bases: [], api: "full" },
        { ...untouched, grants: { read: drafted } },
      );
      const sent = JSON.parse(JSON.stringify(changes.limit[0]?.limits ?? []));
      const stored = limitSchema.array().parse(sent);
      expect(stored).toEqual(drafted);
      const { allowed, failed } = tryLimits(stored, attributes, thing, now);
      expect(allowed).toBe(drafted.some((limit) => means(limit, thing)));
      expect(failed.length > 0).toBe(!allowed);
    }),
    { numRuns: 2000 },
  );
});

test("T02, T08: a level and a rule for the whole role mean what they say, whatever limits were there", () => {
  const rule = fc.constantFrom<ManagedRule>(
    { kind: "all" },
    { kind: "in", values: ["oslo", "m365"] },
    { kind: "inGroup", values: ["eu"] },
  );
  const level = fc.constantFrom(...levels.map(({ value }) => value).filter((value) => value !== "off"));
  const bare = limits.map((all) =>
    all.map(({ scope, where }) => ({
      scope,
      where: where.filter(({ attribute }) => attribute !== "source"),
    })),
  );
  fc.assert(
    fc.property(bare, level, rule, sample, (before, scope, chosen, thing) => {
      const after = withRule("source", chosen, atLevel(before, scope) ?? []);
      const source = thing.values.source;
      const reached =
        chosen.kind === "all" ||
        (source !== undefined &&
          (chosen.kind === "in" ? ["oslo", "m365"] : groups.eu).includes(String(source)));
      const wanted = reached && before.some(({ where }) => means({ scope: scope as Scope, where }, thing));
      expect(tryLimits(after, attributes, thing, now).allowed).toBe(wanted);
    }),
    { numRuns: 1000 },
  );
});
