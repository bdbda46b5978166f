/** What a colour says; a word or an icon always says it as well. */
export type Tone = "neutral" | "accent" | "low" | "medium" | "elevated" | "high";

/** Text on a wash of the same hue. */
export const washes: Record<Tone, string> = {
  neutral: "bg-sunken text-soft",
  accent: "bg-accent-wash text-accent",
  low: "bg-low-wash text-low",
  medium: "bg-medium-wash text-medium",
  elevated: "bg-elevated-wash text-elevated",
  high: "bg-high-wash text-high",
};

/** Text alone. */
export const inks: Record<Tone, string> = {
  neutral: "text-mute",
  accent: "text-accent",
  low: "text-low",
  medium: "text-medium",
  elevated: "text-elevated",
  high: "text-high",
};
