"use client";
import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { NativeSelect } from "#components/form/native-select.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Condition, Limit, Scope } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { asLimits, tidied } from "./access-level.ts";
import { ConditionLine } from "./condition-line.tsx";
import { newCondition } from "./condition-tests.ts";
import { LimitTrial } from "./limit-trial.tsx";

const scopeOptions: { value: Scope; label: string }[] = [
  { value: "global", label: "everything" },
  { value: "organization", label: "what is in the user's organizations" },
  { value: "team", label: "what is in the user's teams" },
  { value: "personal", label: "what the user owns or is assigned" },
];

interface BuilderProps {
  permission: string;
  limits: readonly Limit[];
  attributes: readonly EditedAttribute[];
  onChange: (limits: Limit[]) => void;
}

/** The limits of one grant as sentences that are put together: "Only what is in the user's teams, and Severity is …". */
export function LimitBuilder(props: BuilderProps) {
  const limits = asLimits(props.limits);
  const put = (next: readonly Limit[]) => props.onChange(next.length > 1 ? [...next] : tidied(next));
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-sunken p-3">
      <legend className="sr-only">Limits of {props.permission}</legend>
      {limits.map((limit, index) => (
        <OneLimit
          // biome-ignore lint/suspicious/noArrayIndexKey: limits have nothing else that stays while they are edited
          key={index}
          {...props}
          index={index}
          limit={limit}
          onChange={(next) => put(limits.map((one, at) => (at === index ? next : one)))}
          onRemove={limits.length > 1 ? () => put(limits.filter((_, at) => at !== index)) : undefined}
        />
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden className="size-3.5" />}
        className="self-start"
        disabledReason={props.limits.length === 0 ? "It reaches everything already." : undefined}
        onClick={() => props.onChange([...limits, { scope: "personal", where: [] }])}
      >
        Or something else
      </Button>
      <LimitTrial limits={props.limits} attributes={props.attributes} />
    </fieldset>
  );
}

function OneLimit(
  props: Omit<BuilderProps, "limits" | "onChange"> & {
    limit: Limit;
    index: number;
    onChange: (limit: Limit) => void;
    onRemove: (() => void) | undefined;
  },
) {
  const { limit, attributes, onChange } = props;
  const id = useId();
  const { where } = limit;
  const word = props.index === 0 ? "Only" : "Or only";
  const change = (next: Condition[]) => onChange({ ...limit, where: next });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{`${word} (${props.index + 1})`}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          {word}
        </label>
        <NativeSelect
          id={id}
          options={scopeOptions}
          value={limit.scope}
          onChange={(event) => onChange({ ...limit, scope: event.target.value as Scope })}
          className="min-w-0 max-w-full"
        />
        {props.onRemove && (
          <IconButton
            label={`Remove limit ${props.index + 1}`}
            icon={<Trash2 aria-hidden />}
            onClick={props.onRemove}
          />
        )}
      </div>
      {where.map((condition, index) => (
        <ConditionLine
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          key={index}
          condition={condition}
          attribute={attributes.find(({ key }) => key === condition.attribute)}
          onChange={(next) => change(where.map((one, at) => (at === index ? next : one)))}
          onRemove={() => change(where.filter((_, at) => at !== index))}
        />
      ))}
      <NativeSelect
        aria-label={`Add a condition to limit ${props.index + 1}`}
        options={attributes.map(({ key, label }) => ({ value: key, label: `and ${label}…` }))}
        placeholder="Add a condition…"
        value=""
        onChange={(event) => {
          const attribute = attributes.find(({ key }) => key === event.target.value);
          if (attribute) change([...where, newCondition(attribute)]);
        }}
        className="w-52 max-w-full"
      />
    </fieldset>
  );
}
