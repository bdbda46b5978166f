"use client";
import { useState } from "react";
import type { Choice } from "./choice.ts";
import { controlClass } from "./control-class.ts";
import { checkboxClass, TickRow } from "./tick-row.tsx";

/** A short list shows all of itself without being searched. */
const manyFrom = 9;

/** Any of many that are all known: a box that narrows them down, and what is ticked first. Sent under `name`, where there is one. */
export function FilteredTicks(props: {
  /** What they are, for the box that searches: "data sources". */
  what: string;
  options: readonly Choice[];
  ticked: readonly string[];
  onTick: (value: string, on: boolean) => void;
  name?: string;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
}) {
  const { options, ticked, name } = props;
  const [text, setText] = useState("");
  // As it was at first: a row does not jump away under the pointer.
  const [first] = useState(() => new Set(ticked));
  const sorted = [...options].sort(
    (one, other) => Number(first.has(other.value)) - Number(first.has(one.value)),
  );
  const wanted = text.trim().toLowerCase();
  const shown = sorted.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-2">
      {options.length >= manyFrom && (
        <input
          type="search"
          aria-label={`Find in ${props.what}`}
          placeholder={`Find in ${props.what}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className={controlClass}
        />
      )}
      {name &&
        ticked
          .filter((value) => !shown.some((option) => option.value === value))
          .map((value) => <input key={value} type="hidden" name={name} value={value} />)}
      <div className="flex max-h-72 flex-col gap-1 overflow-y-auto rounded-md border border-line px-3 py-2">
        {shown.map((option) => (
          <TickRow key={option.value} {...option} describedBy={props.describedBy}>
            {(control) => (
              <input
                {...control}
                type="checkbox"
                {...(name && { name })}
                value={option.value}
                checked={ticked.includes(option.value)}
                aria-invalid={props.invalid || undefined}
                onChange={({ currentTarget }) => props.onTick(option.value, currentTarget.checked)}
                className={checkboxClass}
              />
            )}
          </TickRow>
        ))}
        {shown.length === 0 && <p className="py-1 text-sm text-mute">Nothing here matches.</p>}
      </div>
    </div>
  );
}
