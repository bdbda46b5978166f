import { classNames } from "./class-names.ts";
import { inks, type Tone } from "./tone.ts";

/** A state in a word beside a dot; the shape differs too, so that it reads without colour. */
export function StatusWord(props: { tone: Tone; hollow?: boolean; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 8 8" aria-hidden className={classNames("size-2 shrink-0", inks[props.tone])}>
        <circle
          cx="4"
          cy="4"
          r="3"
          stroke="currentColor"
          strokeWidth="1.5"
          fill={props.hollow ? "none" : "currentColor"}
        />
      </svg>
      {props.children}
    </span>
  );
}
