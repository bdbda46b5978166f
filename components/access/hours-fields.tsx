"use client";
import { type ReactNode, useId } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { describeWindow } from "#lib/access/describe-window.ts";
import type { HoursView } from "#lib/assignments/schema.ts";
import { DayTicks } from "./day-ticks.tsx";
import { Labelled } from "./labelled.tsx";

const officeHours = (): HoursView => ({
  days: [1, 2, 3, 4, 5],
  from: "08:00",
  to: "18:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Allowed hours and days on the wall clock of a time zone, or none. Something else sends them. */
export function HoursFields(props: {
  /** What the server calls them in its answer: `assignments.0.window`. */
  name: string;
  value: HoursView | null;
  onChange: (value: HoursView | null) => void;
  disabledReason?: string | undefined;
  /** Said after the hours in words. */
  now?: ReactNode;
}) {
  const { name, value, onChange, disabledReason } = props;
  const errors = useFormKnowledge().errorsOf(name);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Allowed hours</legend>
      <FieldError id={errors.length > 0 ? `${name}-error` : undefined} errors={errors} />
      <TickRow label="Only at certain hours" disabledReason={disabledReason}>
        {(control) => (
          <input
            {...control}
            type="checkbox"
            checked={value !== null}
            onChange={(event) => onChange(event.target.checked ? officeHours() : null)}
            className={checkboxClass}
          />
        )}
      </TickRow>
      {value && !disabledReason && <Fields name={name} value={value} onChange={onChange} />}
      {value && (
        <p role="status" className="text-sm text-soft">
          {value.days.length > 0 ? describeWindow(value) : "No day is chosen."}
          {props.now}
        </p>
      )}
    </fieldset>
  );
}

function Fields(props: { name: string; value: HoursView; onChange: (value: HoursView) => void }) {
  const { name, value } = props;
  const zones = useId();
  // The server's list of zones need not be the browser's.
  const hydrated = useHydrated();
  const change = (part: Partial<HoursView>) => props.onChange({ ...value, ...part });
  return (
    <>
      <DayTicks name={`${name}.days`} value={value.days} onChange={(days) => change({ days })} />
      <div className="grid max-w-xl grid-cols-2 gap-3 sm:grid-cols-[8rem_8rem_1fr]">
        {(["from", "to"] as const).map((end) => (
          <Labelled key={end} name={`${name}.${end}`} label={end === "from" ? "From" : "To"}>
            {(control, changed) => (
              <input
                {...control}
                type="time"
                value={value[end] === "24:00" ? "00:00" : value[end]}
                onChange={(event) => {
                  changed();
                  if (event.target.value) change({ [end]: event.target.value });
                }}
                className={controlClass}
              />
            )}
          </Labelled>
        ))}
        <div className="col-span-2 sm:col-span-1">
          <Labelled name={`${name}.timeZone`} label="Time zone">
            {(control, changed) => (
              <input
                {...control}
                list={zones}
                value={value.timeZone}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => {
                  changed();
                  change({ timeZone: event.target.value });
                }}
                className={controlClass}
              />
            )}
          </Labelled>
        </div>
      </div>
      <datalist id={zones}>
        {hydrated && Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
      </datalist>
    </>
  );
}
