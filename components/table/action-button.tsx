"use client";
import type { FormEvent, ReactNode } from "react";
import { useSendAgain } from "#components/form/identity-proof.ts";
import { useFormAction } from "#components/form/use-form-action.ts";
import { useSayAnswer } from "#components/form/use-say-answer.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { FormAction } from "#lib/web/form-state.ts";

/** An icon button that posts to a server action; its answer becomes a toast. */
export function ActionButton(props: {
  label: string;
  of: string;
  icon: ReactNode;
  danger?: boolean | undefined;
  action: FormAction;
  values?: Record<string, string> | undefined;
}) {
  const { state, pending, post, send } = useFormAction(props.action);
  const remember = useSendAgain(state, send);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    remember(form);
    send(form);
  }

  useSayAnswer(state);

  return (
    <form action={post} onSubmit={submit} className="contents">
      {Object.entries(props.values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <IconButton
        type="submit"
        label={props.label}
        of={props.of}
        icon={props.icon}
        danger={props.danger}
        pending={pending}
      />
    </form>
  );
}
