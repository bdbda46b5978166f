"use client";
import { CircleCheck, CircleX } from "lucide-react";
import { useId, useState } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { checkboxClass, TickRow } from "#components/form/tick-row.tsx";
import { describeLimit, type Limit, type Scope } from "#lib/access/index.ts";
import type { EditedAttribute } from "#lib/roles/index.ts";
import { isIncomplete } from "./access-level.ts";
import { namesOf } from "./limit-words.ts";
import { type Sample, tryLimits } from "./try-limits.ts";

const places: Partial<Record<Scope, string>> = {
  organization: "It is in one of the user's organizations",
  team: "It is in one of the user's teams",
  personal: "It is the user's own, or assigned to them",
};

/** Something made up, and what the limits would say to it. */
export function LimitTrial(props: { limits: readonly Limit[]; attributes: readonly EditedAttribute[] }) {
  const { limits, attributes } = props;
  const [sample, setSample] = useState<Sample>({ values: {}, within: {} });
  const scopes = [...new Set(limits.map(({ scope }) => scope))];
  const named = new Set(limits.flatMap(({ where }) => where.map(({ attribute }) => attribute)));
  const asked = attributes.filter(({ key }) => named.has(key));
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface p-3">
      <legend className="px-1 text-sm font-medium">Try it</legend>
      {limits.length === 0 ? (
        <p className="text-sm text-soft">Nothing limits it yet: everything is allowed.</p>
      ) : (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            {asked.map((attribute) => (
              <SampleField
                key={attribute.key}
                attribute={attribute}
                onChange={(value) => {
                  const { [attribute.key]: _, ...others } = sample.values;
                  const values = value === undefined ? others : { ...others, [attribute.key]: value };
                  setSample({ ...sample, values });
                }}
              />
            ))}
          </div>
          {scopes.map((scope) => {
            const label = places[scope];
            return (
              label && (
                <TickRow key={scope} label={label}>
                  {(control) => (
                    <input
                      {...control}
                      type="checkbox"
                      checked={sample.within[scope] ?? false}
                      onChange={({ currentTarget: { checked } }) =>
                        setSample({ ...sample, within: { ...sample.within, [scope]: checked } })
                      }
                      className={checkboxClass}
                    />
                  )}
                </TickRow>
              )
            );
          })}
          <Answer limits={limits} attributes={attributes} sample={sample} />
        </>
      )}
    </fieldset>
  );
}

function SampleField(props: {
  attribute: EditedAttribute;
  onChange: (value: string | number | undefined) => void;
}) {
  const { kind, label, values, known = [] } = props.attribute;
  const id = useId();
  const options =
    kind === "managed"
      ? known.map(({ key, label: name }) => ({ value: key, label: name }))
      : values.map((value) => ({ value, label: value }));
  const put = (text: string) => {
    if (text === "") props.onChange(undefined);
    else if (kind === "instant") props.onChange(Date.now() - Number(text) * 86_400_000);
    else props.onChange(kind === "number" ? Number(text) : text);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm">
        {kind === "instant" ? `${label}, days ago` : label}
      </label>
      {kind === "managed" || kind === "choice" ? (
        <NativeSelect
          id={id}
          options={options}
          placeholder="Not given"
          defaultValue=""
          onChange={(event) => put(event.target.value)}
        />
      ) : (
        <input
          id={id}
          type={kind === "text" ? "text" : "number"}
          placeholder="Not given"
          onChange={(event) => put(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className={controlClass}
        />
      )}
    </div>
  );
}

function Answer(props: { limits: readonly Limit[]; attributes: readonly EditedAttribute[]; sample: Sample }) {
  const { limits, attributes, sample } = props;
  if (isIncomplete(limits)) return <p className="text-sm text-mute">Fill in every condition first.</p>;
  const { allowed, failed } = tryLimits(limits, attributes, sample, Date.now());
  const wanted = failed.map(({ scope, condition }) =>
    describeLimit(
      { scope: scope ?? "global", where: condition ? [condition] : [] },
      attributes,
      namesOf(attributes),
    ),
  );
  return (
    <p role="status" className="flex gap-1.5 text-sm">
      {allowed ? (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-low" />
      ) : (
        <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-high" />
      )}
      <span>
        <span className="font-semibold">{allowed ? "Allowed." : "Not allowed."}</span>
        {wanted.length > 0 && ` It would have to be: ${[...new Set(wanted)].join("; or: ")}.`}
      </span>
    </p>
  );
}
