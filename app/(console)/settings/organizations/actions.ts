"use server";
import {
  addMembers,
  addOrganization,
  addTeam,
  deleteOrganization,
  deleteTeam,
  editOrganization,
  editTeam,
  removeMembers,
} from "#lib/organizations/index.ts";
import { formAction } from "#lib/web/action.ts";

export const addOrganizationForm = formAction(addOrganization, ({ name }) => `Added ${name}`);

export const editOrganizationForm = formAction(editOrganization, ({ name }) => `Saved ${name}`);

export const deleteOrganizationForm = formAction(
  deleteOrganization,
  ({ name }) => `Deleted ${name}`,
  () => {},
);

export const addTeamForm = formAction(addTeam, ({ name }) => `Added the team ${name}`);

export const editTeamForm = formAction(editTeam, ({ name }) => `Saved the team ${name}`);

export const deleteTeamForm = formAction(
  deleteTeam,
  ({ name }) => `Deleted the team ${name}`,
  () => {},
);

export const addMembersForm = formAction(
  addMembers,
  ({ name, added }) => `Added ${added.length === 1 ? added[0] : `${added.length} people`} to ${name}`,
);

export const removeMembersForm = formAction(
  removeMembers,
  ({ name, removed }) =>
    `Removed ${removed.length === 1 ? removed[0] : `${removed.length} people`} from ${name}`,
  () => {},
);
