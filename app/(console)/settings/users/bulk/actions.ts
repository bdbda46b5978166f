"use server";
import { endUserSessions } from "#lib/sessions/index.ts";
import {
  deactivateUser,
  deleteUser,
  listMatchingUsers,
  reactivateUser,
  setUserRoles,
} from "#lib/users/index.ts";
import { queryAction } from "#lib/web/query-action.ts";
import { usersAction } from "#lib/web/users-action.ts";

export const matchingUsersForm = queryAction(listMatchingUsers);

export const deactivateUsersForm = usersAction(deactivateUser);
export const reactivateUsersForm = usersAction(reactivateUser);
export const setRolesOfUsersForm = usersAction(setUserRoles);
export const endSessionsOfUsersForm = usersAction(endUserSessions, "userId");
export const deleteUsersForm = usersAction(deleteUser);
