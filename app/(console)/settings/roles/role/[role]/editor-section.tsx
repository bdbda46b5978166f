import type { ReactNode } from "react";

/** One part of a role under its own heading, which the list of parts leads to. */
export function EditorSection(props: {
  id: string;
  title: string;
  description: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={props.id} className="flex flex-col gap-4 border-t border-line pt-5">
      <div className="max-w-prose">
        <h2 id={props.id} tabIndex={-1} className="scroll-mt-20 text-base font-semibold">
          {props.title}
        </h2>
        <p className="text-sm text-soft">{props.description}</p>
      </div>
      {props.children}
    </section>
  );
}
