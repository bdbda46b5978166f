/** The parameters that open a dialog of this page, or belong to one. */
export const dialogs = ["end", "end-user", "end-all"] as const;
