"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { controlClass } from "./control-class.ts";
import { FieldFrame } from "./field-frame.tsx";
import { type FieldProps, useField } from "./use-field.ts";

/** A password: may be shown, pasted, and filled by a password manager; never sent back by the server. */
export function PasswordField(
  props: FieldProps & { autoComplete: "current-password" | "new-password" | "one-time-code" },
) {
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  const field = useField(props);
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame {...field} label={props.label} required={props.required} description={props.description}>
      <div className="relative">
        <input
          {...field.control}
          type={shown ? "text" : "password"}
          autoComplete={props.autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          className={`${controlClass} pr-10`}
        />
        {hydrated && (
          <button
            type="button"
            aria-label={shown ? "Hide password" : "Show password"}
            aria-controls={field.id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded text-mute hover:text-ink pointer-coarse:size-9"
          >
            <Icon aria-hidden className="size-4" />
          </button>
        )}
      </div>
    </FieldFrame>
  );
}
