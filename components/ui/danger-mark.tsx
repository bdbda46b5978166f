import { ShieldAlert } from "lucide-react";

/** What can take far more over than its name says: a sign, and the word for whoever cannot see it or may not know it. */
export function DangerMark({ quiet = false }: { quiet?: boolean }) {
  return (
    <span className="ml-0.5 inline-flex items-center gap-1 align-middle text-xs font-normal text-high">
      <ShieldAlert aria-hidden className="size-3.5 shrink-0" />
      <span className={quiet ? "sr-only" : undefined}>(dangerous)</span>
    </span>
  );
}
