import type { ReactNode } from "react";

export type EmptyKind = "nothing-yet" | "no-match" | "not-allowed";

/** Three kinds that must not be mistaken for one another: nothing yet, nothing matches, not allowed. */
export function EmptyState(props: {
  kind: EmptyKind;
  title: string;
  /** One sentence: what would be here, or the way out. */
  children?: ReactNode;
  action?: ReactNode;
  /** Level of its heading; none inside a table or card that has its own. */
  heading?: "h1" | "h2" | "p";
}) {
  const Heading = props.heading ?? "p";
  return (
    <div
      data-empty={props.kind}
      className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-12 text-center"
    >
      <svg
        viewBox="0 0 96 64"
        aria-hidden
        className="h-16 w-24 text-mute"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {drawings[props.kind]}
      </svg>
      <div className="space-y-1">
        <Heading className="text-base font-semibold text-ink">{props.title}</Heading>
        {props.children && <div className="text-sm text-soft">{props.children}</div>}
      </div>
      {props.action && <div className="flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}

const drawings: Record<EmptyKind, ReactNode> = {
  "nothing-yet": (
    <>
      <rect x="14" y="10" width="68" height="44" rx="5" className="text-line-strong" />
      <path d="M14 22h68" className="text-line-strong" />
      <path d="M24 33h20M24 43h12" strokeDasharray="3 4" />
      <circle cx="66" cy="40" r="9" className="fill-surface text-accent" />
      <path d="M66 36v8M62 40h8" className="text-accent" />
    </>
  ),
  "no-match": (
    <>
      <path d="M14 14h44M14 28h28M14 42h22" className="text-line-strong" />
      <circle cx="58" cy="34" r="15" className="fill-surface text-accent" />
      <path d="m69 45 11 11" className="text-accent" />
      <path d="M52 34h12" />
    </>
  ),
  "not-allowed": (
    <>
      <path d="M12 54h72" className="text-line-strong" />
      <path d="M28 54V12h40v42" className="text-line-strong" />
      <rect x="36" y="30" width="24" height="18" rx="3" className="fill-surface text-accent" />
      <path d="M41 30v-5a7 7 0 0 1 14 0v5" className="text-accent" />
      <path d="M48 37v4" />
    </>
  ),
};
