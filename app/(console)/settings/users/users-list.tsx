import { FilterBar } from "#components/table/filter-bar.tsx";
import { Pagination } from "#components/table/pagination.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";
import type { UserPage } from "#lib/users/index.ts";
import { type ListUsersInput, pageSizes } from "#lib/users/schema.ts";
import { type BulkRights, SelectableUsers } from "./bulk/selectable-users.tsx";

/** Search, filters, the table and the way through its pages; all of it in the URL. */
export function UsersList({
  page,
  list,
  roles,
  rights,
}: {
  page: UserPage;
  list: ListUsersInput;
  roles: { choices: readonly RoleChoice[]; single: boolean };
  rights: BulkRights;
}) {
  const { q, role, status } = list;
  const choices = roles.choices.map(({ key, label }) => ({ value: key, label }));
  return (
    <section aria-label="All users">
      <FilterBar
        search={{
          label: "Search users",
          placeholder: "Name, email, role:admin, status:inactive",
          tokens: tokens(choices),
        }}
        filters={[
          { name: "role", label: "Role", all: "Any role", options: choices },
          { name: "status", label: "Status", all: "Any status", options: statuses },
        ]}
      />
      <SelectableUsers
        page={page}
        filter={{ q, role, status }}
        roles={roles}
        rights={rights}
        empty={<NothingMatches />}
      >
        <Pagination page={page} noun={["user", "users"]} size={list.size} sizes={pageSizes} />
      </SelectableUsers>
    </section>
  );
}

const statuses = [
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
];

const tokens = (roles: { value: string; label: string }[]) => [
  { key: "role", hint: "people with this role", values: roles },
  { key: "status", hint: "active or inactive", values: statuses },
  {
    key: "dormant",
    hint: "not signed in for so many days, such as 90d",
    values: [{ value: "30d" }, { value: "90d" }],
  },
];

function NothingMatches() {
  return (
    <EmptyState
      kind="no-match"
      title="No user matches"
      action={<LinkButton href="/settings/users">Show all users</LinkButton>}
    >
      Try fewer words. The tokens are role:, status:active, status:inactive and dormant:90d.
    </EmptyState>
  );
}
