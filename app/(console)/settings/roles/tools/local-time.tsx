"use client";
import { useHydrated } from "#components/ui/use-hydrated.ts";

/** A moment, exact to the minute with its zone: the reader's own once the browser has said which that is. */
export function LocalTime({ at }: { at: Date }) {
  const hydrated = useHydrated();
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap tabular-nums">
      {at.toLocaleString("en-GB", {
        timeZone: hydrated ? undefined : "UTC",
        timeZoneName: "short",
        weekday: "short",
        day: "numeric",
        month: "short",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
      })}
    </time>
  );
}

/** From when until when something holds. */
export function Validity({ from, until }: { from?: Date | undefined; until?: Date | undefined }) {
  return (
    <>
      {from && (
        <>
          from <LocalTime at={from} />{" "}
        </>
      )}
      {until && (
        <>
          until <LocalTime at={until} />
        </>
      )}
    </>
  );
}
