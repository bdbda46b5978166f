"use client";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { RowOutcome } from "#lib/web/rows-state.ts";
import { people } from "./acts.ts";

/** Whom a rule protected, by name, and which rule; to be taken along. */
export function RefusedList({ refused }: { refused: readonly RowOutcome[] }) {
  const text = refused.map(({ name, why }) => `${name}: ${why}`).join("\n");
  return (
    <section aria-labelledby="refused">
      <div className="flex items-center justify-between gap-3">
        <h3 id="refused" className="font-medium">
          {people(refused.length)} refused; they stay selected
        </h3>
        <CopyButton value={text} label="Copy the list" />
      </div>
      <ul className="mt-1 divide-y divide-line text-sm">
        {refused.map(({ id, name, why, reason }) => (
          <li key={id} data-reason={reason} className="py-1.5">
            <span className="font-medium break-all">{name}</span>
            <span className="block text-soft">{why}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
