"use client";
import { HoursFields } from "#components/access/hours-fields.tsx";
import { EditorSection } from "./editor-section.tsx";
import { isSame } from "./role-draft.ts";
import type { RoleDraftState } from "./use-role-draft.ts";

/** The hours in which the role gives anything at all. */
export function HoursSection({ draft }: { draft: RoleDraftState }) {
  const { role, window } = draft;
  const hours = role.hours && isSame(role.window, window) ? role.hours : undefined;
  return (
    <EditorSection
      id="hours"
      title="Hours"
      description="Outside these hours the role gives nothing to anybody who holds it, whatever their assignment says."
    >
      <HoursFields
        name="window"
        value={window ?? null}
        onChange={draft.setWindow}
        disabledReason={draft.editable ? undefined : "This role cannot be edited here."}
        now={hours && window && <Now open={hours.open} opens={hours.opens} timeZone={window.timeZone} />}
      />
    </EditorSection>
  );
}

function Now(props: { open: boolean; opens: string | undefined; timeZone: string }) {
  if (props.open) return " · open now";
  if (!props.opens) return " · closed now, and it does not open within two weeks";
  const opens = new Date(props.opens).toLocaleString("en-GB", {
    timeZone: props.timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  return ` · closed now, opens ${opens} there`;
}
