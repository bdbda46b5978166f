/** What a server action answers to its form. Types only: it ships to the browser. */
export interface FormState {
  status: "idle" | "ok" | "error";
  /** Shown above the form, or in a toast when the status is ok. */
  message?: string;
  /** Stable reason of an error (`own_role`, `role_in_use`). */
  reason?: string;
  /** Field name to messages, shown beside the field. */
  fields?: Record<string, string[]>;
  /** Field name to the rules that it broke, as stable as `reason`. */
  rules?: Record<string, string[]>;
  /** Of a good answer: the operation that was done. */
  done?: string;
  /** What was sent (never secrets), so that nothing typed is lost without JavaScript. */
  values?: Record<string, string | string[]>;
  /** What helps to offer a way out: seconds to wait, present state of a row. */
  details?: Record<string, unknown>;
  /** Differs for every answer, so that an effect can tell two equal ones apart. */
  id?: string;
}

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

export const idle: FormState = { status: "idle" };
