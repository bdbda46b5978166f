"use client";
import { controlClass } from "#components/form/control-class.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { TickWrap } from "#components/form/tick-wrap.tsx";
import type { Condition } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { ManagedTicks } from "./managed-ticks.tsx";

interface Props<C extends Condition> {
  condition: C;
  attribute: EditedAttribute;
  onChange: (condition: Condition) => void;
}
type OfValues = Extract<Condition, { values: unknown }>;
type OfBound = Exclude<Condition, OfValues>;

/** The several that a condition compares with, asked for as its attribute's kind wants it. */
export function ConditionValues({ condition, attribute, onChange }: Props<OfValues>) {
  const { kind, label, values } = attribute;
  const put = (next: (string | number)[]) => onChange({ ...condition, values: next } as Condition);
  const ticked = condition.values.map(String);
  if (kind === "managed")
    return <ManagedTicks attribute={attribute} test={condition.test} values={ticked} onChange={put} />;
  if (kind === "choice")
    return (
      <TickWrap
        options={values.map((value) => ({ value, label: value }))}
        ticked={ticked}
        // In the order of the catalogue, which is that of the sentence.
        onTick={(value, on) => put(values.filter((one) => (one === value ? on : ticked.includes(one))))}
      />
    );
  return (
    <textarea
      aria-label={`Values of ${label}, one a line`}
      rows={2}
      defaultValue={ticked.join("\n")}
      placeholder="One a line"
      onChange={(event) => put(read(event.target.value, kind === "number"))}
      className={`${controlClass} max-w-md! py-1.5`}
    />
  );
}

function read(text: string, numbers: boolean): (string | number)[] {
  const lines = [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
  return numbers ? lines.map(Number).filter((value) => !Number.isNaN(value)) : lines;
}

/** The one that a condition compares with: a part of its sentence. */
export function ConditionBound({ condition, attribute, onChange }: Props<OfBound>) {
  const { kind, label, values } = attribute;
  const put = (value: string | number) => onChange({ ...condition, value } as Condition);
  if (kind === "choice")
    return (
      <NativeSelect
        aria-label={`Bound of ${label}`}
        options={values.map((value) => ({ value, label: value }))}
        value={String(condition.value)}
        onChange={(event) => put(event.target.value)}
        className="w-44"
      />
    );
  const days = condition.test === "withinDays";
  const number = days || kind === "number";
  return (
    <div className="flex items-center gap-2 text-sm">
      <input
        aria-label={days ? `Days of ${label}` : `Bound of ${label}`}
        type={number ? "number" : "datetime-local"}
        min={days ? 1 : undefined}
        max={days ? 36500 : undefined}
        defaultValue={number ? condition.value : String(condition.value).slice(0, 16)}
        onChange={(event) => put(readBound(event.target.value, number))}
        className={`${controlClass} w-52!`}
      />
      {days ? "days" : !number && "UTC"}
    </div>
  );
}

function readBound(text: string, number: boolean): string | number {
  if (text === "") return "";
  return number ? Number(text) : `${text}:00Z`;
}
