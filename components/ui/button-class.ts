import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "medium";

const base =
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors pointer-coarse:min-h-10";

const sizes: Record<ButtonSize, string> = {
  small: "min-h-7 px-2 text-xs",
  medium: "min-h-8 px-3 text-sm",
};

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent-solid text-on-solid hover:bg-accent-solid-hover",
  secondary: "border-line-strong bg-surface text-ink hover:bg-hover active:bg-pressed",
  quiet: "border-transparent text-soft hover:bg-hover hover:text-ink active:bg-pressed",
  danger: "border-transparent bg-high-solid text-on-solid hover:bg-high-solid-hover",
};

const disabled: Record<ButtonVariant, string> = {
  primary: "border-line bg-sunken text-mute cursor-not-allowed",
  secondary: "border-line bg-sunken text-mute cursor-not-allowed",
  quiet: "border-transparent text-mute opacity-60 cursor-not-allowed",
  danger: "border-line bg-sunken text-mute cursor-not-allowed",
};

/** The look of a button, for links that look like one as well. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "medium",
  off = false,
): string {
  return classNames(base, sizes[size], off ? disabled[variant] : variants[variant]);
}
