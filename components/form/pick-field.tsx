"use client";
import { useEffect, useRef, useState } from "react";
import type { Choice } from "./choice.ts";
import { FieldError } from "./field-error.tsx";
import { FieldDescription } from "./field-frame.tsx";
import { checkboxClass, TickRow } from "./tick-row.tsx";
import { type FieldProps, listOf, useField } from "./use-field.ts";

/**
 * Any of a great many, of which a `FindBox` shows a few at a time. What is ticked stays chosen while another search
 * shows others; it then stands above what was found.
 */
export function PickField(
  props: FieldProps & {
    /** What the present search found. */
    found: readonly Choice[];
    /** There would be more: a line says so. */
    more?: boolean;
    /** Chosen from the start. */
    picked?: readonly Choice[];
    /** Shown when the search found nothing. */
    empty: string;
  },
) {
  const { found, picked = [] } = props;
  const field = useField(props);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(field.answered ? listOf(field.sent, []) : picked.map(({ value }) => value)),
  );
  const [known, setKnown] = useState(picked);
  const box = useRef<HTMLFieldSetElement>(null);
  const atFirst = useRef(found);
  // What was ticked before the scripts arrived counts as well.
  useEffect(() => {
    const boxes = box.current?.querySelectorAll<HTMLInputElement>("input:checked") ?? [];
    const early = new Set([...boxes].map(({ value }) => value));
    setTicked(early);
    setKnown((before) => [
      ...before,
      ...atFirst.current.filter(
        ({ value }) => early.has(value) && !before.some((one) => one.value === value),
      ),
    ]);
  }, []);
  const kept = known.filter(({ value }) => !found.some((one) => one.value === value));

  function tick(choice: Choice, on: boolean) {
    const next = new Set(ticked);
    if (on) next.add(choice.value);
    else next.delete(choice.value);
    setTicked(next);
    if (!known.some(({ value }) => value === choice.value)) setKnown([...known, choice]);
    field.changed();
  }

  return (
    <fieldset
      ref={box}
      aria-describedby={field.control["aria-describedby"]}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-3 text-sm font-medium">
        {props.label}
        <span role="status" className="text-xs font-normal text-mute tabular-nums">
          {ticked.size} chosen
        </span>
      </legend>
      <FieldError id={field.errorId} errors={field.errors} />
      <FieldDescription id={field.descriptionId} text={props.description} />
      <div className="flex max-h-72 flex-col gap-1 overflow-y-auto rounded-md border border-line px-3 py-2">
        {[...kept, ...found].map((choice) => (
          <TickRow key={choice.value} {...choice}>
            {(control) => (
              <input
                {...control}
                type="checkbox"
                name={props.name}
                value={choice.value}
                checked={ticked.has(choice.value)}
                onChange={({ currentTarget }) => tick(choice, currentTarget.checked)}
                aria-invalid={field.control["aria-invalid"]}
                className={checkboxClass}
              />
            )}
          </TickRow>
        ))}
        {found.length === 0 && <p className="py-2 text-sm text-mute">{props.empty}</p>}
        {props.more && <p className="text-xs text-mute">There are more: type more letters to find them.</p>}
      </div>
    </fieldset>
  );
}
