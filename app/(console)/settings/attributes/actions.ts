"use server";
import {
  addGroup,
  addValue,
  deleteGroup,
  deleteValue,
  editGroup,
  editValue,
} from "#lib/managed-values/index.ts";
import { formAction } from "#lib/web/action.ts";

export const addValueForm = formAction(addValue, ({ label }) => `Added ${label}`);

export const editValueForm = formAction(editValue, ({ label }) => `Saved ${label}`);

export const deleteValueForm = formAction(deleteValue, ({ label }) => `Deleted ${label}`);

export const addGroupForm = formAction(addGroup, ({ label }) => `Added the group ${label}`);

export const editGroupForm = formAction(editGroup, ({ label, added, removed }) =>
  added + removed > 0 ? `Saved ${label}: ${added} added, ${removed} removed` : `Saved ${label}`,
);

export const deleteGroupForm = formAction(deleteGroup, ({ label }) => `Deleted the group ${label}`);
