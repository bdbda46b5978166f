import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** One part of a provider's page, under its heading; the first has no line above it. */
export function Section(props: {
  id: string;
  title: string;
  description?: ReactNode;
  aside?: ReactNode;
  first?: boolean;
  children?: ReactNode;
}) {
  return (
    <section
      aria-labelledby={props.id}
      className={classNames("max-w-3xl", !props.first && "mt-8 border-t border-line pt-5")}
    >
      <div className="mb-3 flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 grow basis-72">
          <h2 id={props.id} className="text-base font-semibold">
            {props.title}
          </h2>
          {props.description && <div className="text-sm text-soft">{props.description}</div>}
        </div>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
