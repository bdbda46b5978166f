import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { lockUser, spendTicket, type TicketHolder, ticketHolder } from "#lib/second-factor/index.ts";
import type { Factor } from "#lib/sessions/index.ts";
import { completeSignIn } from "./complete-sign-in.ts";
import { ticketOver } from "./ticket-holder.ts";

/**
 * Turns a ticket and a proven factor into a session. The user's row is locked first, so that a deactivation, a new
 * password or a reset of factors comes wholly before, and then the ticket is over, or wholly after, and ends the session.
 */
export async function finishTicket(
  tx: Tx,
  call: Call,
  given: { ticket: string | undefined; remember: boolean; holder: TicketHolder },
  prove: () => Promise<Factor>,
) {
  const { ticket, remember, holder } = given;
  await lockUser(tx, holder.id);
  const still = await ticketHolder(tx, ticket, call.at);
  if (!ticket || still?.id !== holder.id) throw ticketOver();
  if (!(await spendTicket(tx, ticket, holder.id, call.at))) throw ticketOver();
  const factor = await prove();
  const session = await completeSignIn(tx, call, holder.id, { method: "password", factor, remember });
  return {
    target: { kind: "user" as const, id: holder.id, name: holder.username },
    after: { method: "password", factor, remembered: remember },
    result: session,
  };
}
