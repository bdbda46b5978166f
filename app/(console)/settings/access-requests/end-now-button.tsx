"use client";
import type { FormEvent } from "react";
import { useSendAgain } from "#components/form/identity-proof.ts";
import { useFormAction } from "#components/form/use-form-action.ts";
import { useSayAnswer } from "#components/form/use-say-answer.ts";
import { Button } from "#components/ui/button.tsx";
import { endTemporaryAccessForm } from "./actions.ts";

/** Ends temporary access before its time. */
export function EndNowButton(props: {
  user: string;
  assignment: string;
  of: string;
  why: string | undefined;
}) {
  const { state, pending, post, send } = useFormAction(endTemporaryAccessForm);
  const remember = useSendAgain(state, send);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    remember(form);
    send(form);
  }

  useSayAnswer(state);
  return (
    <form action={post} onSubmit={submit}>
      <input type="hidden" name="id" value={props.user} />
      <input type="hidden" name="assignment" value={props.assignment} />
      <Button
        type="submit"
        size="small"
        pending={pending}
        aria-label={`End ${props.of} now`}
        disabledReason={props.why}
      >
        End now
      </Button>
    </form>
  );
}
