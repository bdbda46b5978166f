"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";

/** Stays at the bottom of the window while rows are selected: how many, what can be done to them, and the way out. */
export function SelectionBar(props: {
  count: number;
  /** A way to select more than the page shows. */
  more?: ReactNode;
  onClear: () => void;
  children: ReactNode;
}) {
  const words = props.count > 0 ? `${props.count.toLocaleString("en")} selected` : "";
  return (
    <>
      <p role="status" className="sr-only">
        {words}
      </p>
      {props.count > 0 && (
        <section
          aria-label="Selection"
          data-selection-bar
          className="sticky bottom-0 z-20 mt-3 flex animate-rise flex-wrap items-center gap-x-4 gap-y-2 rounded-t-xl bg-raised px-3 py-2 shadow-float"
        >
          <p className="font-medium tabular-nums">{words}</p>
          {props.more}
          <div className="flex flex-wrap items-center gap-1.5 sm:ml-auto">
            {props.children}
            <Button
              variant="quiet"
              size="small"
              icon={<X aria-hidden className="size-3.5" />}
              onClick={props.onClear}
            >
              Clear
            </Button>
          </div>
        </section>
      )}
    </>
  );
}
