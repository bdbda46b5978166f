"use client";
import { type ReactNode, useActionState, useEffect } from "react";
import { proofRequired, useSendAgain } from "#components/form/identity-proof.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toast.ts";
import { type FormAction, idle } from "#lib/web/form-state.ts";

/** An icon button that posts to a server action; its answer becomes a toast. */
export function ActionButton(props: {
  label: string;
  of: string;
  icon: ReactNode;
  danger?: boolean | undefined;
  action: FormAction;
  values?: Record<string, string> | undefined;
}) {
  const [state, send, pending] = useActionState(props.action, idle);
  const remember = useSendAgain(state, send);

  useEffect(() => {
    if (state.message && state.reason !== proofRequired)
      toast(state.message, state.status === "error" ? "danger" : "success", state);
  }, [state]);

  return (
    <form
      action={send}
      onSubmit={(event) => remember(new FormData(event.currentTarget))}
      className="contents"
    >
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
