"use client";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { FormAction, FormState } from "#lib/web/form-state.ts";
import { ConfirmLink } from "./confirm-link.tsx";
import { FormContext } from "./form-context.ts";
import { proofRequired, useSendAgain } from "./identity-proof.ts";
import { useFormAction } from "./use-form-action.ts";
import { useFieldErrors, useFormAnswer } from "./use-form-answer.ts";

export interface FormProps {
  /** A server action, passed as it is: then the form works without scripts too. */
  action: FormAction;
  /** Where a good answer leads; its message becomes a toast. */
  okHref?: string | undefined;
  /** Called as the form is sent: what changes from then on is not in what was sent. */
  onSend?: () => void;
  onOk?: (state: FormState) => void;
  /** Empty the fields after a good answer, for a form that stays. */
  resetOnOk?: boolean;
  /** What takes the place of the fields after a good answer, such as something that is shown once. */
  done?: (state: FormState) => ReactNode;
  className?: string;
  "aria-label"?: string;
  children: ReactNode;
}

/** A real form around a server action: shows its answer, keeps what was typed, moves the focus to what is wrong. */
export function Form({
  action,
  okHref,
  onSend,
  onOk,
  resetOnOk,
  done,
  className,
  children,
  ...rest
}: FormProps) {
  const { state, pending, post, send } = useFormAction(action);
  const [scripted, setScripted] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  const { errorsOf, clear } = useFieldErrors(state);
  useFormAnswer(state, ref, { okHref, onOk, resetOnOk });
  const remember = useSendAgain(state, send);

  /** Sent by hand, because React would empty the fields after the action. */
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const data = new FormData(event.currentTarget, submitter);
    setScripted(true);
    remember(data);
    send(data);
  }

  function change(event: FormEvent<HTMLFormElement>) {
    if ("name" in event.target) clear(String(event.target.name));
  }

  return (
    <FormContext
      value={{
        pending,
        answered: state.values !== undefined,
        answer: state,
        values: state.values ?? {},
        errorsOf,
        clear,
      }}
    >
      <form
        {...rest}
        ref={ref}
        action={post}
        onSubmit={submit}
        onInput={change}
        noValidate
        data-rules={brokenRules(state)}
        className={classNames("flex flex-col gap-4", className)}
      >
        {state.status === "error" && state.message && (
          <Notice kind="danger" role="alert" reason={state.reason}>
            <p data-form-message tabIndex={-1}>
              {state.message}
            </p>
            {state.reason === proofRequired && <ConfirmLink />}
          </Notice>
        )}
        {state.status === "ok" && state.message && !scripted && (
          <Notice kind="success" role="status" done={state.done}>
            {state.message}
          </Notice>
        )}
        {state.status === "ok" && done ? done(state) : children}
      </form>
    </FormContext>
  );
}

/** "username:too_small email:invalid_format": which rule each marked field broke, in words that do not change. */
const brokenRules = ({ status, rules = {} }: FormState): string | undefined =>
  status === "error"
    ? Object.entries(rules)
        .flatMap(([field, broken]) => broken.map((rule) => `${field}:${rule}`))
        .join(" ")
    : undefined;
