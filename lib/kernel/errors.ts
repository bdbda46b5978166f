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

/** The same in every copy of this module, of which the listener and the pages have one each. */
const brand: unique symbol = Symbol.for("bailiwick.AppError");

/**
 * An expected failure. `message` is shown to people: it names the rule, the object and a way out.
 * `reason` is stable and machine readable (`own_role`, `role_in_use`).
 * Anything thrown that is not an AppError is a bug: its message never leaves the server.
 */
export class AppError extends Error {
  /** One thrown by the database client, which the listener made, is one to the pages as well. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }

  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly fields: FieldErrors;
  /** Which rule each of `fields` broke: the reason itself, unless told more exactly. */
  readonly rules: FieldRules;
  readonly details: ErrorDetails;
  /** All of an error of a page that Next sends to the browser: there an outage has words of its own. */
  declare readonly digest?: string;

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
    if (code === "unavailable") this.digest = reason;
  }
}

/** A rule's answer to what was asked. An outage is none: asked again, the answer may differ. */
export const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && error.code !== "unavailable";

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
