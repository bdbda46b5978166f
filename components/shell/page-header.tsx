import type { ReactNode } from "react";

/** The top of a page: its one h1, a sentence, what can be done here. */
export function PageHeader(props: {
  title: string;
  /** A word about the state of all of it, beside the title. */
  badge?: ReactNode;
  description?: ReactNode;
  before?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 grow basis-64">
        {props.before}
        <div className="flex items-center gap-2">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight text-balance">
            {props.title}
          </h1>
          {props.badge}
        </div>
        {props.description && <div className="mt-0.5 max-w-prose text-soft">{props.description}</div>}
      </div>
      {props.actions && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </header>
  );
}
