"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { PresetPreview } from "#lib/users/index.ts";
import { PresetChanges } from "./preset-changes.tsx";

/** Roles to tick, with presets that tick theirs and say what that gives. */
export function PresetRoles(props: { presets: readonly PresetPreview[]; children: ReactNode }) {
  const [chosen, setChosen] = useState<PresetPreview>();
  const boxes = useRef<HTMLDivElement>(null);

  // The boxes belong to the form: what is ticked by hand afterwards stays so.
  useEffect(() => {
    if (!chosen) return;
    const wanted = chosen.added.map(({ key }) => key);
    // A press, so that whoever listens to the boxes hears of it.
    for (const box of boxes.current?.querySelectorAll<HTMLInputElement>('input[name="roles"]') ?? [])
      if (!box.disabled && box.checked !== wanted.includes(box.value)) box.click();
  }, [chosen]);

  if (props.presets.length === 0) return props.children;
  return (
    <div className="flex flex-col gap-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Access preset</legend>
        <div className="flex flex-wrap gap-2">
          {props.presets.map((one) => (
            <Button
              key={one.preset.key}
              size="small"
              aria-pressed={one === chosen}
              variant={one === chosen ? "primary" : "secondary"}
              disabledReason={one.why}
              onClick={() => setChosen(one)}
            >
              {one.preset.label}
            </Button>
          ))}
        </div>
      </fieldset>
      <div role="status" className={chosen ? "rounded-lg bg-sunken px-3 py-2.5" : undefined}>
        {chosen && <PresetChanges preview={chosen} />}
      </div>
      <div ref={boxes}>{props.children}</div>
    </div>
  );
}
