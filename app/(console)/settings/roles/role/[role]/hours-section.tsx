"use client";
import { useId } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { describeWindow, type Window } from "#lib/access/index.ts";
import { DayTicks } from "./day-ticks.tsx";
import { EditorSection } from "./editor-section.tsx";
import { isSame } from "./role-draft.ts";
import type { RoleDraftState } from "./use-role-draft.ts";

const officeHours = (): Window => ({
  days: [1, 2, 3, 4, 5],
  from: "08:00",
  to: "18:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** The hours in which the role gives anything at all. */
export function HoursSection({ draft }: { draft: RoleDraftState }) {
  const { role, window } = draft;
  const { errorsOf } = useFormKnowledge();
  const errors = errorsOf("window");
  const errorId = errors.length > 0 ? "hours-error" : undefined;
  const hours = role.hours && isSame(role.window, window) ? role.hours : undefined;
  return (
    <EditorSection
      id="hours"
      title="Hours"
      description="Outside these hours the role gives nothing to anybody who holds it, whatever their assignment says."
    >
      <FieldError id={errorId} errors={errors} />
      <TickRow
        label="Only at certain hours"
        disabledReason={draft.editable ? undefined : "This role cannot be edited here."}
      >
        {(control) => (
          <input
            {...control}
            type="checkbox"
            checked={window !== undefined}
            onChange={({ currentTarget }) => draft.setWindow(currentTarget.checked ? officeHours() : null)}
            className={checkboxClass}
          />
        )}
      </TickRow>
      {window && draft.editable && (
        <WindowFields window={window} onChange={draft.setWindow} errorId={errorId} />
      )}
      {window && (
        <p role="status" className="text-sm text-soft">
          {describeWindow(window)}
          {hours && <Now open={hours.open} opens={hours.opens} timeZone={window.timeZone} />}
        </p>
      )}
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

function WindowFields(props: {
  window: Window;
  onChange: (window: Window) => void;
  errorId: string | undefined;
}) {
  const { window, onChange, errorId } = props;
  const id = useId();
  // The server's list of zones need not be the browser's.
  const hydrated = useHydrated();
  const wiring = { "aria-invalid": errorId ? true : undefined, "aria-describedby": errorId };
  return (
    <div className="flex flex-col gap-4">
      <DayTicks days={window.days} onChange={(days) => onChange({ ...window, days })} />
      <div className="grid max-w-xl grid-cols-2 gap-3 sm:grid-cols-[8rem_8rem_1fr]">
        {(["from", "to"] as const).map((end) => (
          <div key={end} className="flex flex-col gap-1.5">
            <label htmlFor={`${id}-${end}`} className="text-sm font-medium">
              {end === "from" ? "From" : "To"}
            </label>
            <input
              id={`${id}-${end}`}
              type="time"
              value={window[end] === "24:00" ? "00:00" : window[end]}
              onChange={(event) => event.target.value && onChange({ ...window, [end]: event.target.value })}
              className={controlClass}
            />
          </div>
        ))}
        <div className="col-span-2 flex flex-col gap-1.5 sm:col-span-1">
          <label htmlFor={`${id}-zone`} className="text-sm font-medium">
            Time zone
          </label>
          <input
            {...wiring}
            id={`${id}-zone`}
            list={`${id}-zones`}
            value={window.timeZone}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...window, timeZone: event.target.value })}
            className={controlClass}
          />
          <datalist id={`${id}-zones`}>
            {hydrated && Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
          </datalist>
        </div>
      </div>
    </div>
  );
}
