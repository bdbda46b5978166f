"use client";
import { useActionState, useEffect } from "react";
import { proofRequired, useSendAgain } from "#components/form/identity-proof.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.ts";
import { idle } from "#lib/web/form-state.ts";
import { endTemporaryAccessForm } from "./actions.ts";

/** Ends temporary access before its time. */
export function EndNowButton(props: {
  user: string;
  assignment: string;
  of: string;
  why: string | undefined;
}) {
  const [state, send, pending] = useActionState(endTemporaryAccessForm, idle);
  const remember = useSendAgain(state, send);
  useEffect(() => {
    if (state.message && state.reason !== proofRequired)
      toast(state.message, state.status === "error" ? "danger" : "success", state);
  }, [state]);
  return (
    <form action={send} onSubmit={(event) => remember(new FormData(event.currentTarget))}>
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
