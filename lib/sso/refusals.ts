import { AppError } from "#lib/kernel/errors.ts";
import type { Provider } from "#lib/providers/index.ts";

type Named = Pick<Provider, "label">;
const no = (reason: string, message: string) => new AppError("forbidden", reason, message);

/** Why a provider's word opens nothing here. Each names a way out; who has an account here, strangers do not learn. */
export const providerOff = () =>
  no("provider_off", "Sign-in through this provider is off: choose another way, or ask an administrator.");

export const accountDisabled = () =>
  no("account_disabled", "This account is disabled: ask an administrator to enable it.");

export const addressMissing = ({ label }: Named) =>
  no(
    "address_missing",
    `${label} did not say your email address, and an account needs one: ask an administrator to let it send the email claim.`,
  );

/** The same whether somebody has that address here or not. */
export const addressUnverified = ({ label }: Named) =>
  no(
    "address_unverified",
    `${label} does not say that your email address is verified, so it does not decide which account is yours. If you have one here, sign in to it and connect ${label} under Your account; otherwise ask an administrator.`,
  );

export const noAccount = ({ label }: Named) =>
  no(
    "no_account",
    `There is no account for you here, and ${label} does not bring new ones: ask an administrator to add you.`,
  );

export const linkedElsewhere = ({ label }: Named) =>
  no(
    "linked_elsewhere",
    `The account with your email address belongs to somebody else at ${label}: ask an administrator.`,
  );

/** An address alone does not make anybody an administrator. */
export const administratorUnlinked = ({ label }: Named) =>
  no(
    "administrator_unlinked",
    `The account with your email address administers this console, so its owner connects it: sign in to it as before, then connect ${label} under Your account.`,
  );

export const notYours = ({ label }: Named) =>
  no(
    "identity_taken",
    `This sign-in at ${label} belongs to another account here: sign in at ${label} as yourself.`,
  );

export const alreadyConnected = ({ label }: Named) =>
  no(
    "already_connected",
    `Your account is connected to ${label} as somebody else already: disconnect that first.`,
  );

/** Asked to sign in there anew, the provider did not say that they did. */
export const noFreshProof = ({ label }: Named) =>
  no(
    "no_fresh_proof",
    `${label} did not say that you signed in there anew just now: try again, or sign out here and in again.`,
  );

/** Too late, begun in another tab, or not begun here at all. */
export const journeyLost = () =>
  new AppError(
    "unauthenticated",
    "journey_lost",
    "This sign-in took too long or was begun elsewhere: start again.",
  );
