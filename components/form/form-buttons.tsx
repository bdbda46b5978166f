import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/link-button.tsx";
import { SubmitButton } from "./submit-button.tsx";

/** The last row of a form in a dialog: stays in sight while the fields scroll. */
export function FormButtons(props: {
  label: string;
  cancelHref: string;
  danger?: boolean;
  disabledReason?: string | undefined;
  /** At the far side, such as a way to delete. */
  aside?: ReactNode;
}) {
  return (
    <div className="sticky -bottom-4 z-10 -mx-4 mt-1 -mb-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-raised px-4 py-3 sm:-mx-5 sm:px-5">
      {props.aside && <div className="mr-auto">{props.aside}</div>}
      <LinkButton
        href={props.cancelHref}
        scroll={false}
        {...(props.danger ? { "data-autofocus": true } : {})}
      >
        Cancel
      </LinkButton>
      <SubmitButton danger={props.danger} disabledReason={props.disabledReason}>
        {props.label}
      </SubmitButton>
    </div>
  );
}
