import { CircleAlert, ShieldCheck, ShieldHalf, TriangleAlert } from "lucide-react";
import { Badge } from "./badge.tsx";
import type { Tone } from "./tone.ts";

export type RiskLevel = "low" | "medium" | "medium-high" | "high";

const levels: Record<RiskLevel, { tone: Tone; word: string; Icon: typeof ShieldCheck }> = {
  low: { tone: "low", word: "Low risk", Icon: ShieldCheck },
  medium: { tone: "medium", word: "Medium risk", Icon: ShieldHalf },
  "medium-high": { tone: "elevated", word: "Medium-high risk", Icon: CircleAlert },
  high: { tone: "high", word: "High risk", Icon: TriangleAlert },
};

/** How much harm a permission or a group of them can do: colour, icon and words. */
export function RiskBadge({ risk }: { risk: RiskLevel }) {
  const { tone, word, Icon } = levels[risk];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {word}
    </Badge>
  );
}
