import type { StoredField } from "#components/form/their-changes.tsx";
import type { RoleChoice } from "#lib/roles/index.ts";

/** A user as the edit form would send them, to be compared when somebody else saved first. */
export function storedFields(
  user: { email: string; givenName: string; familyName: string; roles: readonly string[]; active: boolean },
  choices: readonly RoleChoice[],
  single: boolean,
): StoredField[] {
  const labels = Object.fromEntries(choices.map(({ key, label }) => [key, label]));
  // In one order, so that the same roles read the same.
  const roles = choices.map(({ key }) => key).filter((key) => user.roles.includes(key));
  return [
    { name: "email", label: "Email", value: [user.email] },
    { name: "givenName", label: "First name", value: [user.givenName] },
    { name: "familyName", label: "Last name", value: [user.familyName] },
    { name: "roles", label: single ? "Role" : "Roles", value: roles, words: { ...labels, "": "None" } },
    {
      name: "active",
      label: "Status",
      value: user.active ? ["on"] : [],
      words: { on: "Active", "": "Inactive" },
    },
  ];
}
