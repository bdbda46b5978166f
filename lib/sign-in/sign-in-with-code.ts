import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import {
  forgetCodeGuesses,
  proveByCode,
  type TicketHolder,
  takeCodeGuess,
} from "#lib/second-factor/index.ts";
import { finishTicket } from "./finish-ticket.ts";
import { codeSchema } from "./schema.ts";
import { holderOf } from "./ticket-holder.ts";

/** Whose sign-in it is, and whose guesses were counted. */
type Guesser = TicketHolder & { counted: string };

/** The second step: a code of the authenticator app, or a recovery code. */
export const signInWithCode = defineCommand({
  name: "sign in with second factor",
  needs: "public",
  boundBy: "signIns",
  input: codeSchema,
  async prepare({ reader, call, concerns }, { ticket }): Promise<Guesser> {
    await requireLocalSignIn(reader);
    const holder = await holderOf(reader, ticket, call.at);
    concerns({ kind: "user", id: holder.id, name: holder.username });
    return { ...holder, counted: await takeCodeGuess(reader, call, holder.id) };
  },
  run: ({ tx, call }, { ticket, code, remember }, holder) =>
    finishTicket(tx, call, { ticket, remember, holder }, () => proven(tx, call, holder, code)),
});

async function proven(tx: Tx, call: Call, { id, counted }: Guesser, code: string) {
  const factor = await proveByCode(tx, id, code, call.at);
  if (factor) {
    await forgetCodeGuesses(tx, counted);
    return factor;
  }
  const hint =
    "Take the one that the app shows now; each code works once. A recovery code has 24 characters.";
  throw new AppError("unauthenticated", "wrong_code", "This code does not work.", {
    fields: { code: [hint] },
  });
}
