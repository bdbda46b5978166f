"use server";
import { createRole, deleteRole, editRole } from "#lib/roles/index.ts";
import { formAction } from "#lib/web/action.ts";

export const createRoleForm = formAction(createRole, ({ key }) => `Role ${key} created`);

export const editRoleForm = formAction(
  editRole,
  ({ key, added, removed }) => `Saved ${key}: ${added} added, ${removed} removed`,
);

export const deleteRoleForm = formAction(deleteRole, ({ key }) => `Role ${key} deleted`);
