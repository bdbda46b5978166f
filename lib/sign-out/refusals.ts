import { AppError } from "#lib/kernel/errors.ts";

export const noSuchProvider = () =>
  new AppError("not_found", "provider_unknown", "There is no such identity provider.");

export const replayed = () =>
  new AppError("conflict", "logout_token_replayed", "The logout token was used before.");
