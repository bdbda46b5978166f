/** The parameters that open a dialog of this page. */
export const dialogs = ["end", "end-others"] as const;
