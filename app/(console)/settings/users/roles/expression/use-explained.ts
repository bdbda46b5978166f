"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useFormKnowledge } from "#components/form/form-context.ts";
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
  useEffect(() => () => clearTimeout(timer.current), []);

  async function ask(expression: string) {
    const turn = ++asked.current;
    const form = new FormData();
    form.set("id", id);
    form.set("expression", expression);
    const { status, details } = await explainExpressionForm(idle, form);
    if (status === "ok" && turn === asked.current) setFound(details as ExpressionPreview);
  }

  function look({ target }: FormEvent<HTMLElement>) {
    if (!(target instanceof HTMLTextAreaElement)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout((text) => void ask(text), pause, target.value);
  }

  return { preview: found ?? (answer.details?.explained as ExpressionPreview | undefined) ?? initial, look };
}
