import type { ReactNode } from "react";
import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import type { FormAction } from "#lib/web/form-state.ts";
import { Dialog } from "./dialog.tsx";

/** Asks before something that cannot be taken back; the title names the object, the button the deed. */
export function ConfirmDialog(props: {
  /** "Delete the role Night shift?" */
  title: string;
  /** What follows from it. */
  children?: ReactNode;
  /** "Delete role" */
  confirmLabel: string;
  action: FormAction;
  /** Sent along: the id of the object, its version. */
  values: Record<string, string>;
  closeHref: string;
  /** Where to go afterwards; `closeHref` unless told otherwise. */
  okHref?: string;
  /** Why it cannot be done now. */
  disabledReason?: string | undefined;
}) {
  return (
    <Dialog title={props.title} closeHref={props.closeHref} size="small">
      <Form action={props.action} okHref={props.okHref ?? props.closeHref}>
        {Object.entries(props.values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="space-y-2 text-sm text-soft">{props.children}</div>
        <FormButtons
          cancelHref={props.closeHref}
          label={props.confirmLabel}
          danger
          disabledReason={props.disabledReason}
        />
      </Form>
    </Dialog>
  );
}
