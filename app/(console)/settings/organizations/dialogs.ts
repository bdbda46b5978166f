/** The parameters that open a dialog of this page, or belong to one. */
export const dialogs = ["add", "edit", "delete"] as const;
