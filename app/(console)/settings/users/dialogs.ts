/** The parameters that open a dialog of this page, or belong to one. */
export const dialogs = [
  "add",
  "edit",
  "roles",
  "preset",
  "as",
  "temporary",
  "expression",
  "factors",
  "reset",
  "delete",
] as const;
