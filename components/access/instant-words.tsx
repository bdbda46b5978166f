"use client";
import { useTimeZone } from "./use-time-zone.ts";
import { instantWords } from "./validity-words.ts";

/** An instant on the reader's own clock, in words. */
export function InstantWords({ at }: { at: Date }) {
  const timeZone = useTimeZone();
  return (
    <time dateTime={at.toISOString()} suppressHydrationWarning>
      {instantWords(at, timeZone)}
    </time>
  );
}
