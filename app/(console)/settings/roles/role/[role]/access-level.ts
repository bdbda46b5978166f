import type { Limit, Scope } from "#lib/access/index.ts";
import { isSame } from "./role-draft.ts";

/** How far a permission reaches; `mixed`: several limits with different scopes. */
export type Level = "off" | Scope | "mixed";

export const levels: readonly { value: Exclude<Level, "mixed">; label: string }[] = [
  { value: "off", label: "Off" },
  { value: "global", label: "All data" },
  { value: "organization", label: "Organization" },
  { value: "team", label: "Team" },
  { value: "personal", label: "Personal" },
];

const everything: Limit = { scope: "global", where: [] };

/** An unconditional grant, seen as one limit that limits nothing. */
export const asLimits = (limits: readonly Limit[]): readonly Limit[] =>
  limits.length > 0 ? limits : [everything];

/** Each limit once; one that limits nothing makes the whole grant unconditional. */
export function tidied(limits: readonly Limit[]): Limit[] {
  const kept: Limit[] = [];
  for (const limit of limits) if (!kept.some((one) => isSame(one, limit))) kept.push(limit);
  return kept.some((limit) => isSame(limit, everything)) ? [] : kept;
}

export function levelOf(limits: readonly Limit[] | undefined): Level {
  if (!limits) return "off";
  const [first, ...others] = asLimits(limits).map(({ scope }) => scope);
  return others.every((scope) => scope === first) ? (first as Scope) : "mixed";
}

/** The grant at another access level, with the conditions that it has. */
export function atLevel(limits: readonly Limit[] | undefined, level: Level): Limit[] | null {
  if (level === "off") return null;
  if (level === "mixed") return [...(limits ?? [])];
  return tidied(asLimits(limits ?? []).map(({ where }) => ({ scope: level, where })));
}

/** Something that is still to be filled in. */
export function isIncomplete(limits: readonly Limit[]): boolean {
  return limits.some(({ where }) =>
    where.some((condition) =>
      "values" in condition ? condition.values.length === 0 : condition.value === "" || condition.value === 0,
    ),
  );
}
