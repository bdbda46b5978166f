"use server";
import { createRole, deleteRole, editRole, reassignAndDeleteRole } from "#lib/roles/index.ts";
import { formAction } from "#lib/web/action.ts";

export const createRoleForm = formAction(createRole, ({ key }) => `Role ${key} created`);

export const editRoleForm = formAction(editRole, ({ key, added, removed, ...changed }) => {
  const further = [
    changed.limited > 0 && "limits",
    changed.bases > 0 && "base roles",
    changed.window && "hours",
    changed.api && "API access",
  ].filter((word) => word !== false);
  const also = further.length > 0 ? `, ${further.join(", ")} changed` : "";
  return `Saved ${key}: ${added} added, ${removed} removed${also}`;
});

// Where they lead the role is gone, so the page is not shown anew before.
export const deleteRoleForm = formAction(
  deleteRole,
  ({ key }) => `Role ${key} deleted`,
  () => {},
);

export const reassignAndDeleteRoleForm = formAction(
  reassignAndDeleteRole,
  ({ key, people }) =>
    `Role ${key} deleted; ${people === 1 ? "1 person was" : `${people} people were`} moved`,
  () => {},
);
