import type { AppError } from "#lib/kernel/errors.ts";
import {
  accountDisabled,
  addressMissing,
  addressUnverified,
  administratorUnlinked,
  alreadyConnected,
  journeyLost,
  linkedElsewhere,
  noAccount,
  noFreshProof,
  notYours,
  providerOff,
} from "./refusals.ts";

const refusals: ((provider: { label: string }) => AppError)[] = [
  accountDisabled,
  addressMissing,
  addressUnverified,
  administratorUnlinked,
  alreadyConnected,
  journeyLost,
  linkedElsewhere,
  noAccount,
  noFreshProof,
  notYours,
  providerOff,
];

const others: Record<string, (label: string) => string> = {
  refused_at_provider: (label) => `${label} did not sign you in: try again there, or ask whoever runs it.`,
  provider_answer_refused: (label) =>
    `What ${label} answered could not be trusted, so nobody was signed in: try again, and tell an administrator if it happens again.`,
  provider_unreachable: (label) =>
    `${label} cannot be reached: try again in a minute, and tell an administrator if it stays so.`,
  too_many_attempts: () => "Too many sign-ins from your address: try again in a quarter of an hour.",
};

/**
 * What went wrong on the way to a provider and back, for the page where it ended. The address says only which of these
 * it was, so nobody can be sent a link that says something else.
 */
export function problemWords(reason: unknown, label: string): string | undefined {
  if (typeof reason !== "string") return undefined;
  const refusal = refusals.map((make) => make({ label })).find((one) => one.reason === reason);
  if (refusal) return refusal.message;
  return Object.hasOwn(others, reason) ? others[reason]?.(label) : undefined;
}
