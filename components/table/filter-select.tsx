"use client";
import { useId, useOptimistic, useRef } from "react";
import type { Choice } from "#components/form/choice.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
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
  // What was chosen shows at once, and what the URL says as soon as it says it.
  const [shown, show] = useOptimistic(url.params.get(props.name) ?? props.value ?? "");
  const ref = useRef<HTMLSelectElement>(null);
  const choose = ({ value }: HTMLSelectElement) => url.go({ [props.name]: value }, "push", () => show(value));
  useEarlyValue(ref, choose);
  return (
    <form method="get" action={url.pathname} className="flex items-center gap-2">
      <CarriedParams except={[props.name]} />
      <label htmlFor={id} className="text-sm whitespace-nowrap text-mute">
        {props.label}
      </label>
      <NativeSelect
        id={id}
        name={props.name}
        value={shown}
        options={props.options}
        placeholder={props.all}
        aria-busy={url.pending || undefined}
        ref={ref}
        autoComplete="off"
        onChange={({ currentTarget }) => choose(currentTarget)}
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
