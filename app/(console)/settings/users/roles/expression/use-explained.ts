"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
import type { ExpressionPreview } from "#lib/role-expressions/index.ts";
import { idle } from "#lib/web/form-state.ts";
import { explainExpressionForm } from "./actions.ts";

const pause = 250;

/** What the expression means as it stands in the field: asked for once typing pauses, the last question's answer wins. */
export function useExplained(id: string, initial: ExpressionPreview) {
  const { answer } = useFormKnowledge();
  const [found, setFound] = useState<ExpressionPreview>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEarlyValue(input, ({ value }) => void ask(value));

  async function ask(expression: string) {
    const turn = ++asked.current;
    const form = new FormData();
    form.set("id", id);
    form.set("expression", expression);
    const { status, details } = await explainExpressionForm(idle, form);
    if (status === "ok" && turn === asked.current) setFound(details as ExpressionPreview);
  }

  function look({ target }: FormEvent<HTMLElement>) {
    if (!(target instanceof HTMLInputElement)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout((text) => void ask(text), pause, target.value);
  }

  const field = (box: HTMLElement | null) => {
    input.current = box?.querySelector("input") ?? null;
  };
  return {
    field,
    preview: found ?? (answer.details?.explained as ExpressionPreview | undefined) ?? initial,
    look,
  };
}
