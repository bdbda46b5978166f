import { type Exchange, exchangeRoles, isExchanged } from "#lib/assignments/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { changeAccess, findTarget } from "#lib/users/index.ts";

/** The rules that keep the installation manageable: what would break them is undone, and signing in goes on. */
const keepingRules = ["last_holder", "never_empty"];

type Exchanged = { kind: "changed" } | { kind: "unchanged" } | { kind: "kept"; rule: string };

/** Exchanges somebody's roles through the one change of access, or says which rule kept them as they were. */
export async function exchangeOrKeep(
  tx: Tx,
  call: Call,
  said: Omit<Exchange, "actor" | "at">,
): Promise<Exchanged> {
  const { actor, at } = call;
  const exchange = { ...said, actor, at };
  if (await isExchanged(tx, exchange)) {
    await exchangeRoles(tx, exchange);
    return { kind: "unchanged" };
  }
  const user = await findTarget(tx, said.userId);
  const context = { tx, call, actor, at: at.getTime() };
  await tx.$executeRaw`SAVEPOINT role_sync`;
  try {
    await changeAccess(context, user, { move: () => exchangeRoles(tx, exchange) });
    await tx.$executeRaw`RELEASE SAVEPOINT role_sync`;
    return { kind: "changed" };
  } catch (error) {
    if (!(error instanceof AppError) || !keepingRules.includes(error.reason)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT role_sync`;
    return { kind: "kept", rule: error.reason };
  }
}
