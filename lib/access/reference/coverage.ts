import * as fc from "fast-check";
import type { Condition, Limit } from "../catalogue.ts";
import { dayLength } from "../instants.ts";
import type { PolicySource, Resource } from "../model.ts";
import { holding, limited, role } from "./examples.ts";
import type { Law } from "./law.ts";
import { attributes, groups, instants, limits, resources } from "./worlds.ts";

const orders = ["low", "medium", "high"];
const sources = ["s1", "s2", "s3"];

/** Conditions that mean something, so that two of them often have to do with each other. */
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    attribute: fc.constant("source"),
    test: fc.constant("in" as const),
    values: fc.subarray(sources, { minLength: 1 }),
  }),
  fc.record({
    attribute: fc.constant("source"),
    test: fc.constant("inGroup" as const),
    values: fc.subarray(["g1", "g2"], { minLength: 1 }),
  }),
  fc.record({
    attribute: fc.constant("severity"),
    test: fc.constantFrom("gte" as const, "lte" as const),
    value: fc.constantFrom(...orders),
  }),
  fc.record({
    attribute: fc.constant("severity"),
    test: fc.constant("in" as const),
    values: fc.subarray(orders, { minLength: 1 }),
  }),
  fc.record({
    attribute: fc.constant("seen"),
    test: fc.constant("withinDays" as const),
    value: fc.constantFrom(1, 7, 30),
  }),
);
const someLimits = fc.oneof(
  limits,
  fc.record({
    scope: fc.constantFrom("global" as const, "global" as const, "team" as const, "personal" as const),
    where: fc.array(condition, { maxLength: 2 }),
  }),
);

/** Often with the first one's conditions, so that what else it says decides. */
const pairs = someLimits.chain((wide) =>
  fc.tuple(
    fc.constant(wide),
    fc.oneof(
      someLimits,
      someLimits.map(({ where }): Limit => ({ ...wide, where: [...where, ...wide.where.slice(1)] })),
    ),
  ),
);

const resourcesAt = (at: number) =>
  fc.oneof(
    resources,
    fc
      .record({
        source: fc.oneof(fc.constantFrom(...sources), fc.subarray(sources)),
        severity: fc.oneof(fc.constantFrom(...orders), fc.constant(["high"])),
        seen: fc.integer({ min: 0, max: 40 }).map((days) => at - days * dayLength),
      })
      .map((given): Resource => ({ team: "t1", owner: "ann", attributes: given })),
  );

interface Example {
  limits: readonly [wide: Limit, narrow: Limit];
  at: number;
  groups: PolicySource["groups"];
  resources: Resource[];
}

export const coverage: Law<Example> = {
  title: "whatever passes a limit passes each limit that covers it",
  usual: 6000,
  examples: instants.chain((at) =>
    fc.record({
      limits: pairs,
      at: fc.constant(at),
      groups,
      resources: fc.array(resourcesAt(at), { minLength: 8, maxLength: 8 }),
    }),
  ),
  breach(engine, example) {
    const { at } = example;
    const [wide, narrow] = example.limits;
    const policy = engine.compile({
      permissions: [{ key: "p", implies: [] }],
      attributes,
      groups: example.groups,
      roles: [
        role("wide", { grants: [limited("p", wide)] }),
        role("narrow", { grants: [limited("p", narrow)] }),
      ],
    });
    const ann = (key: string) => ({ ...holding(key), organizations: ["o1"], teams: ["t1", "t2"] });
    const [own] = engine.decide(policy, ann("wide"), { permission: "p", at }).limits ?? [];
    const [given] = engine.decide(policy, ann("narrow"), { permission: "p", at }).limits ?? [];
    if (!own || !given || !engine.covers(own, given, policy.vocabulary)) return undefined;
    const passing = example.resources.filter(
      (resource) => engine.check(policy, ann("narrow"), "p", at, resource) === "allow",
    );
    const beyond = passing.find(
      (resource) => engine.check(policy, ann("wide"), "p", at, resource) !== "allow",
    );
    return beyond && `${JSON.stringify(own)} does not cover ${JSON.stringify(beyond)}`;
  },
};
