import type { ReactNode } from "react";

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid min-w-5 place-items-center rounded border border-line-strong bg-surface px-1 font-sans text-2xs font-medium text-mute">
      {children}
    </kbd>
  );
}
