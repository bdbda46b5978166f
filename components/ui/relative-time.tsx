"use client";
import { exactTime, plainDate, relativeTime } from "./time-words.ts";
import { useHydrated } from "./use-hydrated.ts";
import { useNow } from "./use-now.ts";

/**
 * A moment in words ("3 hours ago") or as a day ("12 Mar 2026"), exact on hover and focus.
 * The server writes the exact moment, so nothing differs when the page comes alive, and nothing is lost without scripts.
 */
export function RelativeTime(props: {
  at: Date | string;
  as?: "relative" | "date";
  /** False where the exact moment is not worth a stop of the Tab key. */
  focusable?: boolean;
}) {
  const at = typeof props.at === "string" ? new Date(props.at) : props.at;
  const hydrated = useHydrated();
  const now = useNow();
  const iso = at.toISOString();
  if (!hydrated) {
    return (
      <time dateTime={iso} className="whitespace-nowrap tabular-nums">
        {iso.slice(0, 16).replace("T", " ")} UTC
      </time>
    );
  }
  return (
    <time
      dateTime={iso}
      data-tooltip={exactTime(at)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact moment must be reachable by keyboard
      tabIndex={props.focusable === false ? undefined : 0}
      className="rounded-xs whitespace-nowrap tabular-nums"
    >
      {props.as === "date" ? plainDate(at) : relativeTime(at, now)}
    </time>
  );
}
