import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

/** The page of one task before somebody is signed in: set-up, sign-in, sign-up. */
export function AuthCard(props: {
  title: string;
  description?: ReactNode;
  /** What this installation is called. */
  instance?: string | undefined;
  /** Ways elsewhere, under the card. */
  footer?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main
      id="content"
      className="grid min-h-dvh content-start justify-items-center px-4 py-10 sm:content-center"
    >
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-7" />
          <span className="font-semibold">Bailiwick</span>
          {props.instance && <span className="truncate text-mute">{props.instance}</span>}
        </div>
        <div className="rounded-xl border border-line bg-surface p-5 sm:p-6">
          <h1 className="text-lg font-semibold tracking-tight">{props.title}</h1>
          {props.description && <div className="mt-1 text-soft">{props.description}</div>}
          <div className="mt-5">{props.children}</div>
        </div>
        {props.footer && <div className="mt-4 text-center text-soft">{props.footer}</div>}
      </div>
    </main>
  );
}
