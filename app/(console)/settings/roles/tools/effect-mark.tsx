import { Ban, Check } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { type Tone, washes } from "#components/ui/tone.ts";
import type { Answer } from "#lib/calculator/index.ts";

type Effect = Answer["effect"];

const effects: Record<Effect, { word: string; tone: Tone }> = {
  allow: { word: "Allowed", tone: "low" },
  limited: { word: "Limited", tone: "medium" },
  deny: { word: "Denied", tone: "neutral" },
};

export const effectWord = (effect: Effect): string => effects[effect].word;

/** The answer in one word, with a shape of its own. */
export function EffectBadge({ effect }: { effect: Effect }) {
  const { word, tone } = effects[effect];
  return (
    <Badge tone={tone} icon={<Glyph effect={effect} />}>
      {word}
    </Badge>
  );
}

export function EffectDisc({ effect }: { effect: Effect }) {
  const tone = effect === "deny" ? "high" : effects[effect].tone;
  return (
    <span
      aria-hidden
      data-outline
      className={classNames(
        "grid size-12 shrink-0 place-items-center rounded-full [&_svg]:size-6",
        washes[tone],
      )}
    >
      <Glyph effect={effect} />
    </span>
  );
}

function Glyph({ effect }: { effect: Effect }) {
  if (effect === "allow") return <Check aria-hidden />;
  if (effect === "deny") return <Ban aria-hidden />;
  return (
    <svg aria-hidden viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.5">
      <circle cx="6" cy="6" r="5" />
      <path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
    </svg>
  );
}
