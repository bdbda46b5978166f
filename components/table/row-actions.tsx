"use client";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { FormAction } from "#lib/web/form-state.ts";
import { ActionButton } from "./action-button.tsx";

/** What can be done to one row, as data; give `href`, `onClick` or a server `action` with its `values`. */
export interface RowAction {
  label: string;
  icon: ReactNode;
  href?: string;
  onClick?: () => void;
  action?: FormAction;
  values?: Record<string, string>;
  /** Destructive: stands apart and turns red. */
  danger?: boolean;
  /** Why not for this row: stays visible and says so. */
  disabledReason?: string | undefined;
}

/** The actions of one row, the destructive ones apart; `of` names the row for assistive technology. */
export function RowActions({ of, actions }: { of: string; actions: readonly RowAction[] }) {
  const ordinary = actions.filter((action) => !action.danger);
  const dangerous = actions.filter((action) => action.danger);
  return (
    <div className="flex items-center justify-end gap-0.5">
      {ordinary.map((action) => (
        <Single key={action.label} of={of} action={action} />
      ))}
      {ordinary.length > 0 && dangerous.length > 0 && (
        <span aria-hidden className="mx-1 h-4 w-px bg-line-strong" />
      )}
      {dangerous.map((action) => (
        <Single key={action.label} of={of} action={action} />
      ))}
    </div>
  );
}

function Single({ of, action: { action, values, ...button } }: { of: string; action: RowAction }) {
  if (action && !button.disabledReason)
    return <ActionButton {...button} of={of} action={action} values={values} />;
  return <IconButton {...button} of={of} />;
}
