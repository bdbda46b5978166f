import type { Condition } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";

export type Test = Condition["test"];

const words: Record<Test, string> = {
  in: "is one of",
  inGroup: "is in the group",
  gte: "is at least",
  lte: "is at most",
  withinDays: "is in the last days",
};

const tests: Record<EditedAttribute["kind"], Test[]> = {
  choice: ["in", "gte", "lte"],
  managed: ["in", "inGroup"],
  number: ["in", "gte", "lte"],
  instant: ["withinDays", "gte", "lte"],
  text: ["in"],
};

/** What can be asked of an attribute of this kind. */
export const testsOf = ({ kind }: EditedAttribute) =>
  tests[kind].map((test) => ({ value: test, label: words[test] }));

/** A condition that is still to be filled in, but for what most people want. */
export function conditionOf(attribute: EditedAttribute, test: Test): Condition {
  const { key, kind, values } = attribute;
  switch (test) {
    case "in":
    case "inGroup":
      return { attribute: key, test, values: [] };
    case "withinDays":
      return { attribute: key, test, value: 30 };
    default:
      return { attribute: key, test, value: kind === "choice" ? (values[0] ?? "") : "" };
  }
}

export const newCondition = (attribute: EditedAttribute): Condition =>
  conditionOf(attribute, tests[attribute.kind][0] ?? "in");
