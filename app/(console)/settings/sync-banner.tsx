import type { ReactNode } from "react";
import { Notice } from "#components/ui/notice.tsx";
import type { SyncLine, SyncView } from "#lib/sso/index.ts";

/** Over a read-only page: who gives the roles, which groups make which, and what went otherwise. */
export function SyncBanner({ sync, what }: { sync: SyncView; what: "Users" | "Roles" }) {
  const mappings = sync.providers.map((provider) => <Mapping key={provider.slug} {...provider} />);
  return (
    <div className="mb-5 flex flex-col gap-3">
      <Notice kind="info" reason="synced" title={`${what} are read-only: role sync is on`}>
        <p className="text-soft">
          Each sign-in works roles out again, so a lost group loses its role. To change who may do what,
          change groups at the identity provider.
        </p>
        {what === "Roles" ? mappings : <Folded summary="Which groups make which role">{mappings}</Folded>}
      </Notice>
      <SyncWarnings {...sync} />
    </div>
  );
}

function Folded({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="mt-1">
      <summary className="min-h-6 w-fit cursor-pointer content-center text-accent underline-offset-2 hover:underline">
        {summary}
      </summary>
      {children}
    </details>
  );
}

/** So many lines stand open; the rest of a long mapping opens. */
const open = 8;

function Mapping({ label, lines, otherwise }: SyncView["providers"][number]) {
  const rest = lines.slice(open);
  return (
    <section className="mt-2" aria-label={`How ${label} makes roles`}>
      <p className="font-medium">{label}</p>
      <Lines lines={lines.slice(0, open)} />
      {rest.length > 0 && (
        <Folded summary={`${rest.length} more`}>
          <Lines lines={rest} />
        </Folded>
      )}
      <p className="mt-1.5 text-soft">
        {otherwise === undefined
          ? "Nothing gives a role yet, so nobody's roles change."
          : `Whoever none of it fits: ${otherwise}.`}
      </p>
    </section>
  );
}

function Lines({ lines }: { lines: readonly SyncLine[] }) {
  return (
    <ul className="mt-1 grid gap-y-2 sm:grid-cols-[fit-content(60%)_1fr] sm:gap-x-4 sm:gap-y-1">
      {lines.map(({ from, value, role, stays }) => (
        <li
          key={`${from} ${value} ${role}`}
          className="items-baseline wrap-anywhere sm:col-span-2 sm:grid sm:grid-cols-subgrid"
        >
          <span className="block font-mono text-xs">
            {from}
            {value !== undefined && ` = ${value}`}
          </span>
          <span>
            {value === undefined ? "not set: " : "makes "}
            <span className="font-medium">{role}</span>
            {value === undefined && (stays ? " stays with whoever holds it" : " comes from no group")}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** For whoever manages users: what a sync left as it was, and why. */
export function SyncWarnings({ kept, unread }: Pick<SyncView, "kept" | "unread">) {
  return (
    <>
      {kept.length > 0 && (
        <Notice
          kind="warning"
          reason="last_holder"
          title="Role sync kept roles that nobody else could stand in for"
        >
          {kept.join(", ")} would have lost the right to manage users at the latest sign-in, and nobody would
          have been left with it. Give it to somebody at the identity provider; it follows at their next
          sign-in.
        </Notice>
      )}
      {unread > 0 && (
        <Notice kind="warning" reason="unread">
          {unread === 1 ? "1 person" : `${unread.toLocaleString("en")} people`} signed in without groups that
          could be read, so their roles stayed as they were. The audit trail says why for each.
        </Notice>
      )}
    </>
  );
}
