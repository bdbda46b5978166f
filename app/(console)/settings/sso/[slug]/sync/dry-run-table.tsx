import { Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { unreadWords } from "#app/(console)/settings/sso/[slug]/rules/unread-words.ts";
import { StatusWord } from "#components/ui/status-word.tsx";
import type { DryRunView, TriedPerson } from "#lib/sso/index.ts";

/** Person by person: what they hold, what they would hold, and what that takes and gives. */
export function DryRunTable({ rows, labels }: Pick<DryRunView, "rows" | "labels">) {
  if (rows.length === 0) return <p className="text-sm text-soft">Nobody.</p>;
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface">
      <table className="block w-full text-left text-sm sm:table">
        <caption className="sr-only">What role sync would do to each of them</caption>
        <thead className="sr-only border-b border-line text-xs text-soft sm:not-sr-only sm:table-header-group">
          <tr>
            {["Person", "Now", "Afterwards", "Change"].map((head) => (
              <th key={head} scope="col" className="px-4 py-2 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y divide-line sm:table-row-group">
          {rows.map((row) => (
            <Row key={row.id} row={row} labelOf={(key) => labels[key] ?? key} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, labelOf }: { row: TriedPerson; labelOf: (key: string) => string }) {
  const { username, name, active, held, after, gains, loses, unread } = row;
  const listed = (keys: readonly string[]) => (keys.length === 0 ? "none" : keys.map(labelOf).join(", "));
  return (
    <tr className="block px-4 py-2.5 align-top sm:table-row">
      <th scope="row" className="block font-medium sm:table-cell sm:px-4 sm:py-2.5">
        <span className="wrap-anywhere">{username}</span>
        {name && <span className="block text-xs font-normal text-mute">{name}</span>}
        {!active && <span className="block text-xs font-normal text-mute">inactive</span>}
      </th>
      <Cell head="Now">{listed(held)}</Cell>
      <Cell head="Afterwards">{listed(after)}</Cell>
      <Cell head="Change">
        {unread && (
          <p data-reason={unread.why} className="text-elevated">
            {unreadWords(unread.why, unread.claim)}
          </p>
        )}
        {loses.map((key) => (
          <p key={key} className="flex items-center gap-1 text-high">
            <Minus aria-hidden className="size-3.5" />
            loses {labelOf(key)}
          </p>
        ))}
        {gains.map((key) => (
          <p key={key} className="flex items-center gap-1 text-low">
            <Plus aria-hidden className="size-3.5" />
            gains {labelOf(key)}
          </p>
        ))}
        {!unread && loses.length + gains.length === 0 && (
          <StatusWord tone="neutral" hollow>
            stays
          </StatusWord>
        )}
      </Cell>
    </tr>
  );
}

function Cell({ head, children }: { head: string; children: ReactNode }) {
  return (
    <td className="flex gap-2 sm:table-cell sm:px-4 sm:py-2.5">
      <span aria-hidden className="w-24 shrink-0 text-xs text-mute sm:hidden">
        {head}
      </span>
      <div className="min-w-0">{children}</div>
    </td>
  );
}
