import type { Catalogue, Condition, Limit, Window } from "#lib/access/index.ts";
import { firstGroup } from "./managed-values.ts";

/** How far a role reaches that looks after one part of the data, during office hours. */
export interface DemoLimits {
  limits: Limit[];
  window: Window;
}

const officeHours: Window = {
  days: [1, 2, 3, 4, 5],
  from: "07:00",
  to: "19:00",
  timeZone: "Europe/Amsterdam",
};

/** Undefined where the catalogue has no attributes that data could be limited by. */
export function demoLimits({ attributes }: Catalogue): DemoLimits | undefined {
  const ofResources = attributes.filter((attribute) => attribute.of === "resource");
  const where = (["managed", "choice", "instant"] as const).flatMap((kind) => {
    const attribute = ofResources.find((one) => one.kind === kind);
    return attribute ? conditionOn(attribute) : [];
  });
  return where.length > 0 ? { limits: [{ scope: "global", where }], window: officeHours } : undefined;
}

/** A group of a list, the upper half of a scale, the last month. */
function conditionOn({ key: attribute, kind, values }: Catalogue["attributes"][number]): Condition[] {
  if (kind === "instant") return [{ attribute, test: "withinDays", value: 30 }];
  if (kind === "choice") {
    const value = values[Math.floor(values.length / 2)];
    return value === undefined ? [] : [{ attribute, test: "gte", value }];
  }
  const group = firstGroup(attribute);
  return group === undefined ? [] : [{ attribute, test: "inGroup", values: [group] }];
}
