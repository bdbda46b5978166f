import type { ReactNode } from "react";
import { Identity } from "#components/ui/identity.tsx";

/** One line of a list about access: whose, what about it, and what can be done. */
export function AccessCard(props: {
  who: { id: string; username: string; name: string };
  children: ReactNode;
  actions: ReactNode;
}) {
  const { who } = props;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line-strong px-3 py-2.5">
      <div className="w-52 min-w-0">
        <Identity id={who.id} name={who.name || who.username} detail={who.name ? who.username : undefined} />
      </div>
      <div className="min-w-0 grow basis-64">{props.children}</div>
      {props.actions}
    </li>
  );
}
