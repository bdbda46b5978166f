"use client";
import { useId } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";
import type { HoursView } from "#lib/assignments/schema.ts";
import { Labelled } from "./labelled.tsx";
import { hoursWords } from "./validity-words.ts";

const days = [
  ["Monday", "Mon"],
  ["Tuesday", "Tue"],
  ["Wednesday", "Wed"],
  ["Thursday", "Thu"],
  ["Friday", "Fri"],
  ["Saturday", "Sat"],
  ["Sunday", "Sun"],
] as const;

const officeHours = (): HoursView => ({
  days: [1, 2, 3, 4, 5],
  from: "08:00",
  to: "18:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Allowed hours and days on the wall clock of a time zone, or none. */
export function HoursFields(props: {
  /** Of the row: `assignments.0`. */
  name: string;
  value: HoursView | null;
  onChange: (value: HoursView | null) => void;
}) {
  const { value, onChange } = props;
  const zones = useId();
  const change = (part: Partial<HoursView>) => value && onChange({ ...value, ...part });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Allowed hours</legend>
      <TickRow label="Only at certain hours">
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
      {value && (
        <>
          <Days
            name={`${props.name}.window.days`}
            value={value.days}
            onChange={(list) => change({ days: list })}
          />
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-[8rem_8rem_1fr]">
            {(["from", "to"] as const).map((end) => (
              <Labelled key={end} name={`${props.name}.window.${end}`} label={end === "from" ? "From" : "To"}>
                {(control, changed) => (
                  <input
                    {...control}
                    type="time"
                    value={value[end] === "24:00" ? "00:00" : value[end]}
                    onChange={(event) => {
                      changed();
                      change({ [end]: event.target.value });
                    }}
                    className={controlClass}
                  />
                )}
              </Labelled>
            ))}
            <div className="col-span-2 sm:col-span-1">
              <Labelled name={`${props.name}.window.timeZone`} label="Time zone">
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
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <p className="text-xs text-mute">
            {value.days.length > 0 ? hoursWords(value) : "No day is chosen."}
          </p>
        </>
      )}
    </fieldset>
  );
}

function Days(props: { name: string; value: readonly number[]; onChange: (days: number[]) => void }) {
  const id = useId();
  const { errorsOf, clear } = useFormKnowledge();
  const errors = errorsOf(props.name);
  return (
    <fieldset aria-describedby={errors.length > 0 ? id : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Days</legend>
      <div className="flex flex-wrap gap-1.5">
        {days.map(([name, short], index) => {
          const day = index + 1;
          const on = props.value.includes(day);
          return (
            <label
              key={name}
              className="relative rounded-md border border-edge px-2.5 py-1 text-sm text-soft select-none hover:border-soft has-checked:border-accent-solid has-checked:bg-accent-solid has-checked:text-on-solid has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:py-2.5"
            >
              <input
                type="checkbox"
                aria-label={name}
                aria-invalid={errors.length > 0 || undefined}
                checked={on}
                onChange={() => {
                  clear(props.name);
                  const next = on ? props.value.filter((one) => one !== day) : [...props.value, day];
                  props.onChange(next.sort((one, other) => one - other));
                }}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              {short}
            </label>
          );
        })}
      </div>
      <FieldError id={id} errors={errors} />
    </fieldset>
  );
}
