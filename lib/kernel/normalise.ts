/**
 * The one form in which names and email addresses are compared: Unicode NFKC, trimmed, lower case.
 * Idempotent, so that a value normalised twice is still the same mailbox.
 */
export function normaliseKey(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase().normalize("NFKC");
}
