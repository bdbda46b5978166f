import type { Giving, Window } from "#lib/access/index.ts";
import type { Validity } from "./schema.ts";

/** Validity as it is compared: what was not said is null. */
export interface Extent {
  startsAt: Date | null;
  endsAt: Date | null;
  window: Window | null;
  organizationId: string | null;
  teamId: string | null;
}

export function extentOf(validity: Validity, at: Date): Extent {
  const { startsAt, endsAt, window, organizationId, teamId } = validity;
  return {
    // What began already begins at once: a form's minute is over by the time that it is sent.
    startsAt: startsAt && startsAt > at ? startsAt : null,
    endsAt: endsAt ?? null,
    window: window ?? null,
    organizationId: organizationId ?? null,
    teamId: teamId ?? null,
  };
}

/** How one extent differs from another. More in one respect and less in another is both. */
export interface Difference {
  wider: boolean;
  narrower: boolean;
}

/** From what is held to what is wanted, at an instant: a start that has passed is none any more. */
export function difference(held: Extent, wanted: Extent, at: Date): Difference {
  const starts = [effectiveStart(held, at), effectiveStart(wanted, at)] as const;
  const ends = [effectiveEnd(held), effectiveEnd(wanted)] as const;
  const others = [
    [windowText(held.window), windowText(wanted.window)],
    [held.organizationId, wanted.organizationId],
    [held.teamId, wanted.teamId],
  ] as const;
  return {
    wider:
      starts[1] < starts[0] ||
      ends[1] > ends[0] ||
      others.some(([before, after]) => before !== after && before !== null),
    narrower:
      starts[1] > starts[0] ||
      ends[1] < ends[0] ||
      others.some(([before, after]) => before !== after && after !== null),
  };
}

/** Whether two extents mean the same, so that holding a role with both says nothing more. */
export function isSame(one: Extent, other: Extent, at: Date): boolean {
  const { wider, narrower } = difference(one, other, at);
  return !wider && !narrower;
}

const effectiveStart = ({ startsAt }: Extent, at: Date): number =>
  Math.max(Number(startsAt ?? at), Number(at));
const effectiveEnd = ({ endsAt }: Extent): number => (endsAt ? Number(endsAt) : Number.POSITIVE_INFINITY);

/** Hours are compared as they are written: which of two is wider is nobody's guess, so a change is both. */
const windowText = (window: Window | null): string | null =>
  window && [[...window.days].sort(), window.from, midnight(window.to), window.timeZone].join(" ");

/** The end of a day is the beginning of the next. */
const midnight = (clock: string): string => (clock === "24:00" ? "00:00" : clock);

/** As the decision engine asks for it: what somebody would get. */
export const asGiving = (recipient: Giving["subject"], extent: Extent): Giving => ({
  subject: recipient,
  assignment: {
    start: extent.startsAt?.getTime(),
    end: extent.endsAt?.getTime(),
    window: extent.window ?? undefined,
    organization: extent.organizationId ?? undefined,
    team: extent.teamId ?? undefined,
  },
});
