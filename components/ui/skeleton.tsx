/** Holds the place of text that is on its way; put `aria-busy` on the region around it. */
export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <span aria-hidden className={`block animate-breathe rounded bg-pressed ${className}`} />;
}
