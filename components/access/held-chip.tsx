"use client";
import { RoleChip } from "#components/ui/role-chip.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { HoursView } from "#lib/assignments/schema.ts";
import { useTimeZone } from "./use-time-zone.ts";
import { validityPhrases } from "./validity-words.ts";

/** A role as somebody holds it, in a list: a clock when times or a place limit it, muted while it has not begun. */
export function HeldChip(props: {
  label: string;
  dangerous: boolean;
  /** Epoch milliseconds. */
  start: number | null;
  end: number | null;
  window: HoursView | null;
  roleWindow: HoursView | null;
  place: string | null;
  muted: boolean;
  /** An identity provider gives it. */
  synced?: "idp" | "scim" | undefined;
}) {
  const now = useNow();
  const timeZone = useTimeZone();
  const { start, end, synced, ...rest } = props;
  if (end !== null && end <= now) return null;
  const startsAt = start === null ? null : new Date(start);
  const words = validityPhrases(
    { ...rest, startsAt, endsAt: end === null ? null : new Date(end) },
    now,
    timeZone,
  ).join(" · ");
  const future = start !== null && start > now;
  const chip = (
    <RoleChip
      label={props.label}
      dangerous={props.dangerous}
      muted={props.muted || future}
      times={words || undefined}
      source={synced && { kind: synced, label: fromProvider[synced], hidden: true }}
    />
  );
  const tooltip = [synced && fromProvider[synced], words].filter(Boolean).join(" · ");
  if (!tooltip) return chip;
  return (
    <span
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard has to reach the tooltip
      tabIndex={0}
      data-tooltip={tooltip}
      className="inline-flex max-w-full rounded-full"
      suppressHydrationWarning
    >
      {chip}
    </span>
  );
}

const fromProvider = { idp: "from the identity provider", scim: "from the identity provider, by SCIM" };
