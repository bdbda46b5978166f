import type { FormState } from "./form-state.ts";

/** What came of one row. */
export interface RowOutcome {
  id: string;
  name: string;
  /** Why not, in the words of the rule that refused; absent when it was done. */
  why?: string;
  /** Its stable reason. */
  reason?: string;
}

/** What an action answers that was sent a few rows at once. With status "error" it stopped before the rest. */
export interface RowsState extends FormState {
  rows: RowOutcome[];
}

export type RowsAction = (previous: FormState, form: FormData) => Promise<RowsState>;
