"use client";
import type { ReactNode } from "react";
import type { FormAction, FormState } from "#lib/web/form-state.ts";
import { Form } from "./form.tsx";
import { withPasskey } from "./with-passkey.ts";

/** A form whose button opens the browser's passkey dialog and sends what comes of it. */
export function PasskeyForm(props: {
  ceremony: "make" | "show";
  /** Gets the challenge. */
  ask: FormAction;
  action: FormAction;
  done?: (state: FormState) => ReactNode;
  onOk?: (state: FormState) => void;
  children: ReactNode;
}) {
  const { ceremony, ask, action, ...rest } = props;
  return <Form {...rest} action={withPasskey(ceremony, ask, action)} />;
}
