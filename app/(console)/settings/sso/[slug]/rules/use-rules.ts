"use client";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { type RuleDraft, rearranged } from "./rearranged.ts";

export interface EditedRule extends RuleDraft {
  /** Stays with a rule when it moves. */
  key: number;
}

let lastKey = 0;
const keyed = (rule: RuleDraft): EditedRule => ({ ...rule, key: ++lastKey });

/** The rules as they stand in the form. Its buttons work here when scripts run, and at the server when none do. */
export function useRules(
  stored: readonly RuleDraft[],
  pressed: { claim: string; value: string } | undefined,
) {
  const { answer } = useFormKnowledge();
  const [rules, setRules] = useState<readonly EditedRule[]>(() => {
    const said = answer.details?.rules as RuleDraft[] | undefined;
    const isNew =
      pressed && !stored.some(({ claim, value }) => claim === pressed.claim && value === pressed.value);
    return (said ?? [...stored, ...(isNew ? [{ ...pressed, role: "" }] : [])]).map(keyed);
  });
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<string>(undefined);

  // What was pressed may have moved, or have gone with its rule.
  useEffect(() => {
    const wanted = focus.current;
    focus.current = undefined;
    if (wanted === undefined || !list.current) return;
    const found = list.current.querySelector<HTMLElement>(wanted);
    (found ?? [...list.current.querySelectorAll<HTMLElement>("input")].at(-1))?.focus();
  });

  function press(event: MouseEvent<HTMLButtonElement>) {
    event.preventDefault();
    const { value } = event.currentTarget;
    const [what, position] = value.split(":");
    const at = Number(position);
    if (what === "add") focus.current = `[name="rules.${rules.length}.claim"]`;
    if (what === "up") focus.current = `[value="up:${at - 1}"]`;
    if (what === "down") focus.current = `[value="down:${at + 1}"]`;
    if (what === "remove") focus.current = `[value="remove:${Math.min(at, rules.length - 2)}"]`;
    const next = rearranged(rules, value) as (RuleDraft & { key?: number })[];
    setRules(next.map((rule) => (rule.key === undefined ? keyed(rule) : (rule as EditedRule))));
  }

  const change = (key: number, part: Partial<RuleDraft>) =>
    setRules((now) => now.map((rule) => (rule.key === key ? { ...rule, ...part } : rule)));

  return { rules, press, change, list };
}
