"use client";
import { type ComponentProps, useEffect, useRef } from "react";
import { checkboxClass } from "#components/form/tick-row.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";

/** The box that selects a row or a page, with room around it for a finger. It needs scripts, so it waits for them. */
export function SelectBox(
  props: Omit<ComponentProps<"input">, "type" | "className" | "ref"> & {
    label: string;
    /** Shown beside the box; without, the label is for assistive technology. */
    visible?: boolean;
    partly?: boolean;
  },
) {
  const { label, visible, partly = false, ...rest } = props;
  const ref = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = partly;
  }, [partly]);
  return (
    <label className="inline-flex min-h-6 items-center gap-2 text-sm select-none pointer-coarse:min-h-10 pointer-coarse:min-w-10">
      <input
        {...rest}
        ref={ref}
        type="checkbox"
        disabled={!hydrated}
        aria-label={visible ? undefined : label}
        className={checkboxClass.replace("mt-[0.1875rem]", "m-auto")}
      />
      {visible && label}
    </label>
  );
}
