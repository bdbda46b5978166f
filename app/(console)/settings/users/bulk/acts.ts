import type { UserRow } from "#lib/users/index.ts";
import type { RowsAction } from "#lib/web/rows-state.ts";
import {
  deactivateUsersForm,
  deleteUsersForm,
  endSessionsOfUsersForm,
  reactivateUsersForm,
  setRolesOfUsersForm,
} from "./actions.ts";

export type ActKey = "deactivate" | "reactivate" | "roles" | "sessions" | "delete";

/** Something that can be done to a selection, with its words. */
export interface Act {
  key: ActKey;
  label: string;
  /** Before how many: asked, while it is under way, and afterwards. */
  asks: string;
  doing: string;
  done: string;
  /** What follows from it. */
  means: string;
  action: RowsAction;
  /** The rule that protects somebody from it, as far as it can be known beforehand. */
  why: (row: UserRow) => string | undefined;
  danger?: boolean;
}

export const acts: readonly Act[] = [
  {
    key: "deactivate",
    label: "Deactivate",
    asks: "Deactivate",
    doing: "Deactivating",
    done: "Deactivated",
    means:
      "They cannot sign in and every session ends at once. Accounts, roles and history stay, and you can make them active again.",
    action: deactivateUsersForm,
    why: (row) => row.deactivateWhy,
  },
  {
    key: "reactivate",
    label: "Reactivate",
    asks: "Reactivate",
    doing: "Reactivating",
    done: "Reactivated",
    means: "They can sign in again, with the roles that they kept.",
    action: reactivateUsersForm,
    why: (row) => row.editWhy,
  },
  {
    key: "roles",
    label: "Set role",
    asks: "Set role of",
    doing: "Setting role of",
    done: "Set role of",
    means: "It takes the place of every role that they hold now. Whoever it changes has to sign in again.",
    action: setRolesOfUsersForm,
    why: (row) => row.rolesWhy,
  },
  {
    key: "sessions",
    label: "End sessions",
    asks: "End sessions of",
    doing: "Ending sessions of",
    done: "Ended sessions of",
    means: "They have to sign in again everywhere. Of your own sessions the one that you are using stays.",
    action: endSessionsOfUsersForm,
    why: (row) => row.sessionsWhy,
  },
  {
    key: "delete",
    label: "Delete",
    asks: "Delete",
    doing: "Deleting",
    done: "Deleted",
    means:
      "The accounts go with their sessions, trusted devices, second factors and roles. The audit trail keeps the names.",
    action: deleteUsersForm,
    why: (row) => row.deleteWhy,
    danger: true,
  },
];

export const people = (count: number) => (count === 1 ? "1 user" : `${count.toLocaleString("en")} users`);
