import { AppError } from "#lib/kernel/errors.ts";

/** RFC 7644's words for what is wrong with a request; the door passes them on. */
export type ScimType = "invalidFilter" | "invalidPath" | "invalidSyntax" | "invalidValue" | "noTarget";

export const invalid = (type: ScimType, message: string): AppError => new AppError("invalid", type, message);

export const unknownUser = (): AppError =>
  new AppError("not_found", "user_not_found", "Not found: this provider has brought no such user.");

export const unknownGroup = (): AppError =>
  new AppError("not_found", "group_not_found", "Not found: this provider has brought no such group.");
