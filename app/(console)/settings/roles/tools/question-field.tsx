"use client";
import { type ReactNode, useId, useRef } from "react";
import type { Choice } from "#components/form/choice.ts";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { NativeSelect } from "#components/form/native-select.tsx";
import { checkboxClass } from "#components/form/tick-row.tsx";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
import { useFollowed } from "./use-followed.ts";

interface FieldProps {
  name: string;
  label: string;
  /** What the address says. */
  value: string | undefined;
  description?: string | undefined;
}

export function TextQuestion(
  props: FieldProps & {
    type?: "text" | "number" | "datetime-local";
    error?: string | undefined;
    maxLength?: number;
  },
) {
  const id = useId();
  const [shown, show] = useFollowed(props.value ?? "");
  const ref = useRef<HTMLInputElement>(null);
  useEarlyValue(ref, ({ value }) => show(value));
  return (
    <Frame id={id} label={props.label} description={props.description} error={props.error}>
      <input
        ref={ref}
        id={id}
        name={props.name}
        type={props.type ?? "text"}
        step={props.type === "number" ? "any" : undefined}
        value={shown}
        maxLength={props.maxLength ?? 200}
        autoComplete="off"
        aria-describedby={describedBy(id, props)}
        aria-invalid={props.error ? true : undefined}
        onChange={(event) => show(event.currentTarget.value)}
        className={controlClass}
      />
    </Frame>
  );
}

export function SelectQuestion(
  props: FieldProps & {
    options?: readonly Choice[];
    groups?: readonly { label: string; options: readonly Choice[] }[];
    placeholder: string;
  },
) {
  const id = useId();
  const [shown, show] = useFollowed(props.value ?? "");
  const ref = useRef<HTMLSelectElement>(null);
  useEarlyValue(ref, ({ value, form }) => {
    show(value);
    form?.requestSubmit();
  });
  return (
    <Frame id={id} label={props.label} description={props.description}>
      <NativeSelect
        ref={ref}
        id={id}
        name={props.name}
        autoComplete="off"
        value={shown}
        options={props.options ?? []}
        groups={props.groups}
        placeholder={props.placeholder}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => show(event.currentTarget.value)}
      />
    </Frame>
  );
}

export function TickQuestion({ name, label, value }: Omit<FieldProps, "description">) {
  const id = useId();
  const [shown, show] = useFollowed(value ? "on" : "");
  return (
    <div className="flex gap-2.5">
      <input
        id={id}
        type="checkbox"
        name={name}
        checked={shown === "on"}
        onChange={(event) => show(event.currentTarget.checked ? "on" : "")}
        className={checkboxClass}
      />
      <label htmlFor={id} className="py-0.5">
        {label}
      </label>
    </div>
  );
}

const describedBy = (id: string, { description, error }: { description?: string; error?: string }) =>
  [description && `${id}-more`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

function Frame(props: {
  id: string;
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={props.id} className="font-medium">
        {props.label}
      </label>
      {props.children}
      <FieldError id={props.error && `${props.id}-error`} errors={props.error ? [props.error] : []} />
      {props.description && (
        <p id={`${props.id}-more`} className="text-xs text-mute">
          {props.description}
        </p>
      )}
    </div>
  );
}
