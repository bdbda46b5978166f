import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { type Tone, washes } from "./tone.ts";

/** A small label: one word, with an icon where the colour carries meaning. */
export function Badge(props: { tone?: Tone; icon?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <span
      data-outline
      className={classNames(
        "inline-flex items-center gap-1 rounded px-1.5 py-px text-2xs font-medium whitespace-nowrap [&_svg]:size-3",
        washes[props.tone ?? "neutral"],
        props.className,
      )}
    >
      {props.icon}
      {props.children}
    </span>
  );
}
