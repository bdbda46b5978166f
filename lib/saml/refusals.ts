import { AppError } from "#lib/kernel/errors.ts";

const startAgain = "Start again from the sign-in page.";
const tellAdministrator = "Tell your administrator: the audit trail has the reason.";

/**
 * What is said to whoever cannot come in, by the reason that the trail has. A stranger learns which check failed, and
 * nothing about accounts.
 */
const refusals = {
  saml_off: "Nobody can sign in at this identity provider now: choose another way to sign in.",
  saml_no_address:
    "SAML needs to know this console's own address before anybody can sign in with it: an administrator has to set BAILIWICK_URL.",
  saml_unreadable: `The identity provider's answer cannot be read as a SAML response. ${tellAdministrator}`,
  saml_shape: `The identity provider's answer is not built as a SAML response has to be. ${tellAdministrator}`,
  saml_status: "The identity provider did not sign you in. Try again, or ask whoever runs it.",
  saml_encrypted:
    "The identity provider encrypts its answers, which this console cannot read: switch encryption of assertions off at the provider.",
  saml_unsigned:
    "The identity provider did not sign its assertion: switch on signed assertions at the provider.",
  saml_algorithm:
    "The identity provider signs in a way that is not accepted: let it sign with RSA and SHA-256, canonicalised exclusively.",
  saml_signature: `The signature of the identity provider's answer is not right. ${tellAdministrator}`,
  saml_issuer: `This answer is from another identity provider. ${tellAdministrator}`,
  saml_audience: `The identity provider's answer is meant for another application. ${tellAdministrator}`,
  saml_recipient: `The identity provider's answer is addressed to another application. ${tellAdministrator}`,
  saml_time: `The identity provider's answer is too old, or a clock is wrong. ${startAgain}`,
  saml_request: `This sign-in took too long or was used already. ${startAgain}`,
  saml_unsolicited: `This sign-in did not start at this console. ${startAgain}`,
  saml_replayed: `This answer of the identity provider was used already. ${startAgain}`,
  saml_name_id:
    "The identity provider does not say who you are in a way that lasts: let it send a persistent name ID or an email address.",
  saml_other_browser: `This sign-in was started in another browser, or took too long. ${startAgain}`,
  saml_no_test: "Testing a sign-in needs the right to manage settings.",
  saml_signed_in: "Somebody is signed in here already: sign out first.",
} satisfies Record<string, string>;
export type SamlReason = keyof typeof refusals;

export const samlRefusal = (reason: SamlReason): AppError =>
  new AppError("unauthenticated", reason, refusals[reason]);

/** The words for a reason that came along in an address; nothing for a reason that is not one of ours. */
export function samlWords(reason: unknown): string | undefined {
  return typeof reason === "string" && Object.hasOwn(refusals, reason)
    ? refusals[reason as SamlReason]
    : undefined;
}
