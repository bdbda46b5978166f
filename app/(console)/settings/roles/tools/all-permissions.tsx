import { ChevronRight } from "lucide-react";
import { FilterSelect } from "#components/table/filter-select.tsx";
import { SearchBox } from "#components/table/search-box.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RiskBadge } from "#components/ui/risk-badge.tsx";
import type { GroupAnswer, PermissionAnswer } from "#lib/calculator/index.ts";
import { EffectBadge } from "./effect-mark.tsx";
import { Reasons } from "./reasons.tsx";

/** Every permission with its answer, grouped as in the matrix; each opens to say why. */
export function AllPermissions(props: { groups: readonly GroupAnswer[]; q: string; show: "all" | "held" }) {
  const words = props.q.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ key, label, description, answer }: PermissionAnswer) =>
    (props.show === "all" || answer.effect !== "deny") &&
    words.every((word) => `${key} ${label} ${description}`.toLowerCase().includes(word));
  const shown = props.groups
    .map((group) => ({ ...group, total: group.permissions.length, rows: group.permissions.filter(matches) }))
    .filter(({ rows }) => rows.length > 0);
  const held = props.groups.reduce((sum, group) => sum + group.held, 0);
  const total = props.groups.reduce((sum, { permissions }) => sum + permissions.length, 0);
  return (
    <section aria-labelledby="permissions">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="permissions" className="mr-auto text-base font-semibold">
          Permissions{" "}
          <span className="font-normal text-mute tabular-nums">
            {held}/{total}
          </span>
        </h2>
        <SearchBox label="Search permissions" placeholder="Permission" />
        <FilterSelect name="show" label="Show" all="All" options={[{ value: "held", label: "Held only" }]} />
      </div>
      {shown.length === 0 && (
        <EmptyState kind="no-match" title="No permission matches">
          {props.show === "held" ? "Show all permissions, or try fewer words." : "Try fewer words."}
        </EmptyState>
      )}
      {shown.map((group) => (
        <section key={group.key} aria-labelledby={`group-${group.key}`} className="mb-5">
          <h3 id={`group-${group.key}`} className="mb-1.5 flex flex-wrap items-center gap-2 font-semibold">
            {group.label} <RiskBadge risk={group.risk} />
            <span className="font-normal text-mute tabular-nums">
              {group.held}/{group.total}
            </span>
          </h3>
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {group.rows.map((permission) => (
              <li key={permission.key}>
                <PermissionRow permission={permission} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function PermissionRow({ permission }: { permission: PermissionAnswer }) {
  const { label, description, dangerous, withoutEffect, answer } = permission;
  return (
    <details className="group/row">
      <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-mute transition-transform group-open/row:rotate-90"
        />
        <span className="flex min-w-0 items-center gap-2 sm:w-64">
          <span className="font-medium">{label}</span>
          {dangerous && <Badge tone="high">Dangerous</Badge>}
        </span>
        <span className="sm:w-20">
          <EffectBadge effect={answer.effect} />
        </span>
        <span className="min-w-0 grow basis-full pl-7 text-xs text-soft sm:basis-0 sm:pl-0">
          {answer.limits.length > 0 ? `Only ${answer.limits.join("; or ")}` : answer.summary}
        </span>
      </summary>
      <div className="px-3 pt-1 pb-4 sm:pl-10">
        <p className="mb-3 text-xs text-mute">
          {description}
          {withoutEffect && ` ${withoutEffect}.`}
        </p>
        <p className="mb-3">{answer.words}</p>
        <Reasons answer={answer} />
      </div>
    </details>
  );
}
