import { type ReactNode, useId } from "react";

/** What `Button` and `IconButton` become while there is a reason against them: focusable, explained, without effect. */
export function DisabledButton(props: {
  reason: string;
  className: string;
  "aria-label"?: string | undefined;
  children: ReactNode;
}) {
  const reasonId = useId();
  return (
    <>
      <button
        type="button"
        aria-disabled="true"
        aria-describedby={reasonId}
        aria-label={props["aria-label"]}
        data-tooltip={props.reason}
        className={props.className}
      >
        {props.children}
      </button>
      <span id={reasonId} hidden>
        {props.reason}
      </span>
    </>
  );
}
