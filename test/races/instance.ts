import type { Actor } from "#lib/kernel/actor.ts";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { deleteRole, editRole } from "#lib/roles/index.ts";
import { loadActor } from "#lib/sessions/index.ts";
import { deactivateUser, deleteUser, setUserRoles, updateUser } from "#lib/users/index.ts";
import type { Answer, Order } from "./protocol.ts";

/**
 * One instance of the console without its doors, as a process of its own: own pool, own compiled policy.
 * It loads whoever asks when told to get ready, and runs the operation when told to go.
 */
const commands = new Map(
  [updateUser, deactivateUser, deleteUser, setUserRoles, editRole, deleteRole].map((one) => [one.name, one]),
);

let actor: Actor = { kind: "anonymous" };

async function obey(order: Order): Promise<Answer> {
  const at = new Date(order.at);
  if (order.what === "ready") {
    actor = await loadActor(order.token, at);
    return { outcome: actor.kind };
  }
  const command = commands.get(order.operation);
  if (!command) throw new Error(`There is no operation "${order.operation}".`);
  try {
    // biome-ignore lint/suspicious/noExplicitAny: commands of every kind
    await runCommand<any, any, any>(command as any, { actor, door: "action", at }, order.input);
    return { outcome: "done" };
  } catch (error) {
    if (error instanceof AppError) return { outcome: error.reason };
    return { outcome: "bug", words: String((error as Error).stack) };
  }
}

process.on("message", (order: Order) => {
  void obey(order).then((answer) => process.send?.(answer));
});
process.on("disconnect", () => {
  void database().$disconnect();
});
