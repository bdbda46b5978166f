import type { ReactNode } from "react";

/** One kind of factor: what it is, what is there of it, and what can be done. */
export function FactorSection(props: {
  id: string;
  title: string;
  status?: ReactNode;
  description: ReactNode;
  /** Why something of it cannot be done now. */
  note?: string | undefined;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section aria-labelledby={props.id} className="border-t border-line py-5">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-72">
          <div className="flex flex-wrap items-center gap-x-3">
            <h2 id={props.id} className="text-base font-semibold">
              {props.title}
            </h2>
            {props.status}
          </div>
          <p className="mt-0.5 text-soft">{props.description}</p>
          {props.note && <p className="mt-0.5 text-sm text-mute">{props.note}</p>}
        </div>
        {props.actions && <div className="flex flex-wrap gap-2">{props.actions}</div>}
      </div>
      {props.children && <div className="mt-3">{props.children}</div>}
    </section>
  );
}
