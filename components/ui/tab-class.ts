export const tabListClass = "flex gap-5 overflow-x-auto border-b border-line";

/** The look of a tab, chosen by aria-selected or aria-current. */
export const tabClass =
  "-mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-mute hover:text-ink aria-selected:border-accent aria-selected:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink focus-visible:-outline-offset-2";
