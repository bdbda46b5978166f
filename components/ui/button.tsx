import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class.ts";
import { classNames } from "./class-names.ts";
import { DisabledButton } from "./disabled-button.tsx";
import { Spinner } from "./spinner.tsx";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Work is under way: a spinner shows, presses are ignored, the focus stays. */
  pending?: boolean;
  /** Why it cannot be used now: it stays visible and focusable, says so and never triggers. */
  disabledReason?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** A button; `type="button"` unless told otherwise. */
export function Button(props: ButtonProps) {
  const { variant, size, icon, pending, disabledReason, className, children, ...rest } = props;
  if (disabledReason) {
    return (
      <DisabledButton
        className={classNames(buttonClass(variant, size, true), className)}
        reason={disabledReason}
        aria-label={rest["aria-label"]}
      >
        {icon}
        {children}
      </DisabledButton>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      {...(pending ? { type: "button", onClick: undefined, "aria-disabled": true, "aria-busy": true } : {})}
      className={classNames(buttonClass(variant, size), pending && "cursor-progress", className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}
