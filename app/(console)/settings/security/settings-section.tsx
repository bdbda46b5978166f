import type { ReactNode } from "react";

/** Settings that belong together, under one heading. */
export function SettingsSection(props: {
  id: string;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={props.id} className="flex flex-col gap-4 border-t border-line pt-5">
      <div>
        <h2 id={props.id} className="text-base font-semibold">
          {props.title}
        </h2>
        <p className="text-sm text-soft">{props.description}</p>
      </div>
      {props.children}
    </section>
  );
}
