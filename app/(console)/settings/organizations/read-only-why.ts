/** For whoever holds the right within limits. */
export const readOnlyWhy =
  "You may look at your own organizations but not change them: that needs the right to manage all of them.";
