import type { Reader, Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { enrolledFactors, type TicketHolder, ticketHolder } from "#lib/second-factor/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import { ticketOnlySchema } from "./schema.ts";

export async function holderOf(
  reader: Reader | Tx,
  ticket: string | undefined,
  at: Date,
): Promise<TicketHolder> {
  const holder = await ticketHolder(reader, ticket, at);
  if (holder) return holder;
  throw ticketOver();
}

/** Too late, used, or void: the account or its password changed. All of it means to start again. */
export function ticketOver(): AppError {
  const message = "This sign-in took too long or was used already: start again with your password.";
  return new AppError("unauthenticated", "ticket_over", message);
}

/** What whoever gave the right password may show next; null when they have to give it again. */
export const viewTicket = defineQuery({
  name: "view second step of sign-in",
  needs: "public",
  input: ticketOnlySchema,
  async run({ reader, call }, { ticket }) {
    const holder = await ticketHolder(reader, ticket, call.at);
    if (!holder) return null;
    const { totp, passkeys, recoveryCodes } = await enrolledFactors(reader, holder.id);
    const { trustedDeviceDays } = await securityOf(reader);
    const open = { totp, passkey: passkeys > 0, recoveryCode: recoveryCodes > 0 };
    return { username: holder.username, ...open, trustedDeviceDays };
  },
});
