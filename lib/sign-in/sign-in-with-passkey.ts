import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import type { Turn } from "#lib/kernel/rate-limit.ts";
import { requireLocalSignIn } from "#lib/providers/index.ts";
import {
  acceptPasskey,
  askPasskey,
  lockUser,
  passkeyOwner,
  type TicketHolder,
} from "#lib/second-factor/index.ts";
import { completeSignIn } from "./complete-sign-in.ts";
import { finishTicket } from "./finish-ticket.ts";
import { passkeyWorked, takePasskeyTurn, takeSecondPasskeyTurn } from "./passkey-turns.ts";
import { passkeyAfterPasswordSchema, passkeyAloneSchema, ticketOnlySchema } from "./schema.ts";
import { holderOf } from "./ticket-holder.ts";

/** Whose passkey was shown, and the turns that it took. */
interface Shown {
  holder: TicketHolder;
  turns: Turn[];
}

/** A challenge for the browser: with a ticket for that user's passkeys, without one for whichever it has. */
export const askForPasskey = defineCommand({
  name: "ask for passkey",
  needs: "public",
  boundBy: "passkey",
  mereStep: true,
  input: ticketOnlySchema,
  async prepare({ reader, call }, { ticket }): Promise<TicketHolder | undefined> {
    await requireLocalSignIn(reader);
    if (!ticket) return void (await takePasskeyTurn(reader, call));
    const holder = await holderOf(reader, ticket, call.at);
    await takeSecondPasskeyTurn(reader, call, holder.id);
    return holder;
  },
  async run({ tx, call }, _input, holder) {
    const options = await askPasskey(tx, call, holder ? "second_factor" : "sign_in", holder?.id ?? null);
    const target = { kind: "user" as const, name: holder?.username ?? "whoever has a passkey" };
    return { target: holder ? { ...target, id: holder.id } : target, result: { options } };
  },
});

/** The second step with a passkey. */
export const signInWithPasswordAndPasskey = defineCommand({
  name: "sign in with password and passkey",
  needs: "public",
  boundBy: "signIns",
  input: passkeyAfterPasswordSchema,
  async prepare({ reader, call, concerns }, { ticket }): Promise<Shown> {
    await requireLocalSignIn(reader);
    const holder = await holderOf(reader, ticket, call.at);
    concerns({ kind: "user", id: holder.id, name: holder.username });
    return { holder, turns: await takeSecondPasskeyTurn(reader, call, holder.id) };
  },
  async run({ tx, call }, { ticket, remember, response }, { holder, turns }) {
    const change = await finishTicket(tx, call, { ticket, remember, holder }, async () => {
      if (await acceptPasskey(tx, call, response, { userId: holder.id, use: "second_factor" }))
        return "passkey";
      throw passkeyRefused();
    });
    return { ...change, afterwards: passkeyWorked(turns) };
  },
});

/** A passkey alone: it is held, and the authenticator verified the person, which is two factors in one. */
export const signInWithPasskey = defineCommand({
  name: "sign in with passkey",
  needs: "public",
  boundBy: "signIns",
  input: passkeyAloneSchema,
  async prepare({ reader, call, concerns }, { response }): Promise<Shown> {
    await requireLocalSignIn(reader);
    const turns = await takePasskeyTurn(reader, call);
    const id = await passkeyOwner(reader, response);
    const user = id && (await reader.user.findUnique({ where: { id }, select: holderRow }));
    if (!user) throw passkeyRefused();
    concerns({ kind: "user", id: user.id, name: user.username });
    return { holder: user, turns };
  },
  async run({ tx, call }, { response }, { holder: { id, username }, turns }) {
    await lockUser(tx, id);
    const active = await tx.user.count({ where: { id, active: true } });
    if (active !== 1 || !(await acceptPasskey(tx, call, response, { userId: id, use: "sign_in" })))
      throw passkeyRefused();
    const session = await completeSignIn(tx, call, id, { method: "passkey" });
    return {
      target: { kind: "user", id, name: username },
      after: { method: "passkey" },
      result: session,
      afterwards: passkeyWorked(turns),
    };
  },
});

const holderRow = { id: true, username: true } as const;

function passkeyRefused(): AppError {
  const message = "This passkey does not sign in here: try again, or use another way.";
  return new AppError("unauthenticated", "passkey_refused", message);
}
