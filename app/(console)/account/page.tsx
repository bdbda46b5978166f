import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RiskBadge } from "#components/ui/risk-badge.tsx";
import { RoleChip } from "#components/ui/role-chip.tsx";
import { viewOwnAccess } from "#lib/users/index.ts";
import { read } from "#lib/web/read.ts";

export const metadata: Metadata = { title: "Your access" };

/** Everybody may see what they themselves may do, and through which roles. */
export default async function AccountPage() {
  const access = await read(viewOwnAccess, {});
  return (
    <>
      <PageHeader title="Your access" description={`${access.name || access.username} · ${access.email}`} />
      <section aria-labelledby="roles" className="mb-8">
        <h2 id="roles" className="mb-2 text-base font-semibold">
          Roles
        </h2>
        <ul className="space-y-1.5">
          {access.roles.map((role) => (
            <li key={role.key} className="flex flex-wrap items-baseline gap-x-3">
              <RoleChip label={role.label} dangerous={role.dangerous} />
              <span className="text-soft">{role.description}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="permissions">
        <h2 id="permissions" className="mb-2 text-base font-semibold">
          Permissions{" "}
          <span className="font-normal text-mute tabular-nums">
            {access.held}/{access.total}
          </span>
        </h2>
        {access.groups.length === 0 && (
          <EmptyState kind="nothing-yet" title="No permissions yet">
            Ask an administrator for a role.
          </EmptyState>
        )}
        {access.groups.map((group) => (
          <section
            key={group.key}
            aria-labelledby={`group-${group.key}`}
            className="border-t border-line py-4"
          >
            <h3 id={`group-${group.key}`} className="mb-2 flex items-center gap-2 font-medium">
              {group.label} <RiskBadge risk={group.risk} />
            </h3>
            <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2 xl:grid-cols-3">
              {group.permissions.map((permission) => (
                <li key={permission.key}>
                  <p>{permission.label}</p>
                  <p className="text-xs text-mute">{permission.description}</p>
                  {permission.limits.map((limit) => (
                    <p key={limit} className="text-xs text-soft">
                      Limited: {limit}
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </section>
    </>
  );
}
