/** A disc that is half full: held, but not for everything. */
export function LimitedGlyph({ className }: { className: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      <circle cx="6" cy="6" r="5" />
      <path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
    </svg>
  );
}
