/** The parameters that open a dialog of this page, or belong to one. */
export const dialogs = [
  "edit",
  "delete",
  "add-team",
  "edit-team",
  "delete-team",
  "add-members",
  "remove",
  "from",
  "find",
] as const;
