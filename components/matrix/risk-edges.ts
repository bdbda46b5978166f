import type { Risk } from "#lib/access/catalogue.ts";

/** The coloured edge of a group; its badge says the same in words. */
export const riskEdges: Record<Risk, string> = {
  low: "bg-low",
  medium: "bg-medium",
  "medium-high": "bg-elevated",
  high: "bg-high",
};
