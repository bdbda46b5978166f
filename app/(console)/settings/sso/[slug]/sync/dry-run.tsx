import { classNames } from "#components/ui/class-names.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { type DryRunView, type Fate, fates } from "#lib/sso/index.ts";
import { DryRunTable } from "./dry-run-table.tsx";

const words: Record<Fate, string> = {
  loses: "would lose something",
  gains: "would gain something",
  stays: "would stay as they are",
  unread: "cannot be read, so stay",
};

/** Who would gain and who would lose, counted and by name. */
export function DryRun(props: {
  run: DryRunView;
  show: Fate | undefined;
  href: (changes: Record<string, string | undefined>) => string;
}) {
  const { run, show, href } = props;
  const { known, counts, unknown, rows, next, gone, idle, named } = run;
  if (known === 0)
    return (
      <EmptyState kind="nothing-yet" title="Nobody has come through this provider yet">
        Switch the provider on and let some people sign in: their roles stay as they are, and from then on
        this page says what the rules would make of them.
      </EmptyState>
    );
  return (
    <>
      {idle && (
        <Notice kind="warning" className="mb-3">
          There is no rule that could give anything, so nobody's roles would change.
        </Notice>
      )}
      {gone.length > 0 && (
        <Notice kind="warning" className="mb-3">
          Some rules name roles that are not there any more and are passed over: {gone.join(", ")}.
        </Notice>
      )}
      <ul aria-label="What would become of them" className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-4">
        {fates.map((fate) => (
          <li key={fate}>
            <Link
              href={href({ show: show === fate ? undefined : fate })}
              scroll={false}
              aria-current={show === fate ? "true" : undefined}
              className={classNames(
                "flex h-full flex-col rounded-lg border px-3 py-2 hover:bg-hover",
                show === fate ? "border-accent bg-accent-wash" : "border-line bg-surface",
              )}
            >
              <span
                className={classNames(
                  "text-lg font-semibold tabular-nums",
                  fate === "loses" && counts.loses > 0 && "text-high",
                )}
              >
                {counts[fate].toLocaleString("en")}
              </span>
              <span className="text-xs text-soft">{words[fate]}</span>
            </Link>
          </li>
        ))}
      </ul>
      {named ? (
        <DryRunTable rows={rows} labels={run.labels} />
      ) : (
        <p className="text-sm text-soft">You may not see users, so they are not named here.</p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3 text-sm text-soft">
        {next && (
          <LinkButton href={href({ after: next })} scroll={false}>
            Next page
          </LinkButton>
        )}
        <span>
          {unknown === 0
            ? "Everybody here has come through this provider."
            : `${unknown.toLocaleString("en")} more ${unknown === 1 ? "person has" : "people have"} never come through it: nothing changes for them.`}
        </span>
      </div>
    </>
  );
}
