"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { CheckboxGroupField } from "./choice-group.tsx";
import { listOf, useField } from "./use-field.ts";

/** Something that can be chosen, and what choosing it would mean where that is dangerous. */
export interface RiskyChoice {
  key: string;
  label: string;
  danger?: string | undefined;
}

/**
 * Asks for a tick beneath a field for each dangerous thing that is newly chosen in it; sent as `confirmed`.
 * Without scripts the ticks come with the refusal.
 */
export function ConfirmedChoice(props: {
  /** The name of the field in `children`. */
  name: string;
  chosen: readonly string[];
  /** What is no news: it was chosen before. */
  held: readonly string[];
  choices: readonly RiskyChoice[];
  /** "Yes, give Jane" */
  question: string;
  children: ReactNode;
}) {
  const { name, held, choices } = props;
  const { sent, answered } = useField({ name });
  const [chosen, setChosen] = useState<readonly string[]>();
  const now = chosen ?? (answered ? listOf(sent, []) : props.chosen);
  const asked = choices.filter(({ key, danger }) => danger && now.includes(key) && !held.includes(key));

  function look({ currentTarget, target }: FormEvent<HTMLElement>) {
    const form = currentTarget.closest("form");
    if (!form || !("name" in target) || target.name !== name) return;
    setChosen(new FormData(form).getAll(name).map(String));
  }

  return (
    <div className="flex flex-col gap-3" onChange={look}>
      {props.children}
      {asked.length > 0 && (
        <Notice kind="warning" title="Dangerous">
          <CheckboxGroupField
            name="confirmed"
            label="Confirm that you mean it"
            options={asked.map(({ key, label, danger }) => ({
              value: key,
              label: `${props.question} ${label}`,
              description: danger,
            }))}
          />
        </Notice>
      )}
    </div>
  );
}
