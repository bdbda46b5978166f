"use client";
import { useId } from "react";
import type { Choice } from "#components/form/choice.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { CarriedParams } from "./carried-params.tsx";
import { useListUrl } from "./use-list-url.ts";

/** One filter of a list, kept in the URL; applies at once, or by a button without scripts. */
export function FilterSelect(props: {
  name: string;
  label: string;
  options: readonly Choice[];
  /** Text for "no filter"; without it there is always one chosen. */
  all?: string;
  /** What holds while the URL says nothing. */
  value?: string;
}) {
  const id = useId();
  const url = useListUrl();
  const hydrated = useHydrated();
  const value = url.params.get(props.name) ?? props.value ?? "";
  return (
    <form method="get" action={url.pathname} className="flex items-center gap-2">
      <CarriedParams except={[props.name]} />
      <label htmlFor={id} className="text-sm whitespace-nowrap text-mute">
        {props.label}
      </label>
      <NativeSelect
        // An uncontrolled select for the form without scripts; a new value from elsewhere (Back) makes a new one.
        key={value}
        id={id}
        name={props.name}
        defaultValue={value}
        options={props.options}
        placeholder={props.all}
        aria-busy={url.pending || undefined}
        onChange={(event) => url.go({ [props.name]: event.currentTarget.value })}
        className="min-w-32"
      />
      {!hydrated && (
        <noscript>
          <button type="submit">Apply</button>
        </noscript>
      )}
    </form>
  );
}
