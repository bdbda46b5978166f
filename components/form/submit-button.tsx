"use client";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { useFormKnowledge } from "./form-context.ts";

/** Sends the form; while it is under way it keeps the focus and ignores presses. */
export function SubmitButton(props: {
  children: ReactNode;
  danger?: boolean | undefined;
  /** Beside a form's main button, or where another form's is the main one. */
  variant?: "primary" | "secondary";
  icon?: ReactNode;
  disabledReason?: string | undefined;
  /** For a form with several ways to send it. */
  name?: string;
  value?: string;
  className?: string;
}) {
  const { danger, variant = "primary", ...rest } = props;
  const { pending } = useFormKnowledge();
  return <Button {...rest} type="submit" variant={danger ? "danger" : variant} pending={pending} />;
}
