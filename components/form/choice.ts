/** One thing to choose. */
export interface Choice {
  value: string;
  label: string;
  /** What choosing it means. */
  description?: string | undefined;
  /** Marked with a sign and the word. */
  dangerous?: boolean | undefined;
  /** Why it cannot be chosen: it stays visible and says so. */
  disabledReason?: string | undefined;
}
