import { EmptyState } from "#components/ui/empty-state.tsx";
import { Identity } from "#components/ui/identity.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { WhoCanPage } from "#lib/calculator/index.ts";
import { EffectBadge } from "./effect-mark.tsx";

/** Who may do it, each with the ways that give it. */
export function WhoView(props: {
  page: WhoCanPage;
  /** Into the answer about one of them. */
  hrefOf: (user: string) => string;
  hrefBeside: (cursor: { after?: string; before?: string }) => string;
}) {
  const { page } = props;
  return (
    <section aria-labelledby="who">
      <h2 id="who" className="text-base font-semibold">
        Who can: {page.permission.label}
      </h2>
      <p data-reason={page.inactive > 0 ? "inactive" : undefined} className="mb-3 text-soft">
        {page.inactive > 0
          ? `${counted(page.inactive)} with such a role left out: deactivated, an account can do nothing, whatever it holds.`
          : "Deactivated accounts can do nothing, whatever they hold; none has such a role."}
      </p>
      {page.rows.length === 0 && page.looked === undefined && (
        <EmptyState kind="no-match" title="Nobody">
          No active user may do this at this instant.
        </EmptyState>
      )}
      {page.rows.length > 0 && (
        <ul aria-labelledby="who" className="divide-y divide-line rounded-lg border border-line bg-surface">
          {page.rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
              <span className="min-w-0 sm:w-64">
                <Identity
                  id={row.id}
                  name={row.name || row.username}
                  detail={row.name ? row.username : undefined}
                  href={props.hrefOf(row.id)}
                />
              </span>
              <span className="sm:w-20">
                <EffectBadge effect={row.effect} />
              </span>
              <span className="min-w-0 grow basis-full text-xs text-soft sm:basis-0">
                {row.ways.join("; ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {page.looked !== undefined && (
        <p className="mt-3 text-soft">
          {page.looked.toLocaleString("en")} holders of such roles were looked at for this page. Go on for the
          rest.
        </p>
      )}
      {(page.previous || page.next) && (
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {page.previous && (
            <LinkButton href={props.hrefBeside({ before: page.previous })} scroll={false}>
              Previous
            </LinkButton>
          )}
          {page.next && (
            <LinkButton href={props.hrefBeside({ after: page.next })} scroll={false}>
              {page.looked === undefined ? "Next" : "Go on"}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}

const counted = (n: number) =>
  n === 1 ? "1 account" : `${n >= 1000 ? "1,000 or more" : n.toLocaleString("en")} accounts`;
