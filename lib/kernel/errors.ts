/** What went wrong, for a door to translate: form state, problem+json, exit code. */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limited"
  /** Not now: the database is away, or too many are waiting. `details.retryAfter` says when to try again, in seconds. */
  | "unavailable";

/** Field name to the messages shown beside that field. */
export type FieldErrors = Record<string, string[]>;

/** Field name to the rules that it broke, as stable as a reason: zod's `too_small`, or the reason of the refusal. */
export type FieldRules = Record<string, string[]>;

/** Whatever helps a door to offer a way out: counts, seconds to wait, the present state of a row. */
export type ErrorDetails = Record<string, unknown>;

/**
 * An expected failure. `message` is shown to people: it names the rule, the object and a way out.
 * `reason` is stable and machine readable (`own_role`, `role_in_use`).
 * Anything thrown that is not an AppError is a bug: its message never leaves the server.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly fields: FieldErrors;
  /** Which rule each of `fields` broke: the reason itself, unless told more exactly. */
  readonly rules: FieldRules;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    reason: string,
    message: string,
    extra: { fields?: FieldErrors; rules?: FieldRules; details?: ErrorDetails } = {},
  ) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.reason = reason;
    this.fields = extra.fields ?? {};
    this.rules =
      extra.rules ?? Object.fromEntries(Object.keys(this.fields).map((field) => [field, [reason]]));
    this.details = extra.details ?? {};
  }
}

/** A setting, folder, port or database that stops the start: one sentence with the remedy, no stack trace. */
export class StartError extends Error {
  /** As stable as an AppError's. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
    this.name = "StartError";
  }
}
