"use client";
import { Clock } from "lucide-react";
import { useNow } from "#components/ui/use-now.ts";
import type { AssignmentView } from "#lib/assignments/schema.ts";
import { useTimeZone } from "./use-time-zone.ts";
import { soonWords, validityPhrases } from "./validity-words.ts";

type Shown = Pick<AssignmentView, "startsAt" | "endsAt" | "window" | "active" | "opensAt" | "closesAt"> & {
  role: Pick<AssignmentView["role"], "window">;
  organization: { name: string } | null;
  team: { name: string } | null;
};

/** When and where an assignment holds, in words, and when its hours open or close next. */
export function ValidityLine({ of }: { of: Shown }) {
  const now = useNow();
  const timeZone = useTimeZone();
  const place = of.team?.name ?? of.organization?.name ?? null;
  const phrases = validityPhrases({ ...of, roleWindow: of.role.window, place }, now, timeZone);
  const next = nextWords(of, now, timeZone);
  return (
    <span
      className="inline-flex flex-wrap items-baseline gap-x-1.5 text-xs text-soft"
      suppressHydrationWarning
    >
      <span suppressHydrationWarning>
        {phrases.length > 0 && <Clock aria-hidden className="mr-1.5 inline size-3 align-[-0.125em]" />}
        {phrases.length > 0 ? phrases.join(" · ") : "For good"}
      </span>
      {next && (
        <span className="font-medium" suppressHydrationWarning>
          {next}
        </span>
      )}
    </span>
  );
}

function nextWords(of: Shown, now: number, timeZone: string | undefined): string | undefined {
  if (of.active) return of.closesAt ? `Open now, closes ${soonWords(of.closesAt, now, timeZone)}` : undefined;
  const begun = !of.startsAt || of.startsAt.getTime() <= now;
  if (!of.opensAt) return begun ? "Closed, and does not open within two weeks" : undefined;
  return begun ? `Closed, opens again ${soonWords(of.opensAt, now, timeZone)}` : undefined;
}
