"use client";
import { exactTime, plainDate, relativeTime } from "./time-words.ts";
import { useHydrated } from "./use-hydrated.ts";
import { useNow } from "./use-now.ts";

/**
 * A moment in words ("3 hours ago") or as a day ("12 Mar 2026"), exact in its `datetime` and on hover and focus.
 * Only the browser knows the reader's time zone: until then it is UTC, of the same length, so that nothing moves.
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
  return (
    <time
      dateTime={at.toISOString()}
      title={hydrated ? undefined : at.toUTCString()}
      data-tooltip={hydrated ? exactTime(at) : undefined}
      tabIndex={props.focusable === false ? undefined : 0}
      className="rounded-xs whitespace-nowrap tabular-nums"
      // Between the server's now and the browser's a minute may begin; the next tick of the clock settles it.
      suppressHydrationWarning
    >
      {props.as === "date" ? plainDate(at, hydrated ? undefined : "UTC") : relativeTime(at, now)}
    </time>
  );
}
