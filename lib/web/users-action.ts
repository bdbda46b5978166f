import type { z } from "zod";
import type { Command } from "#lib/kernel/operation.ts";
import { nameSelected } from "#lib/users/index.ts";
import { requireForm } from "./action.ts";
import { formReader } from "./form-reader.ts";
import { requestFacts, requireOwnOrigin } from "./request.ts";
import type { RowsAction } from "./rows-state.ts";
import { runForUsers, stopped } from "./run-for-users.ts";
import { currentCall } from "./session.ts";

/** A command about one person as an action for a few: the form names them as `ids`, and says the rest once for all. */
export function usersAction<I extends z.ZodObject, R, P>(
  command: Command<I, R, P>,
  idField: "id" | "userId" = "id",
): RowsAction {
  return async (_previous, form) => {
    const facts = await requestFacts();
    try {
      await requireOwnOrigin();
      requireForm(form);
      const read = () => {
        const shared = formReader(command.input, form)();
        const { ids } = formReader(nameSelected.input, form)();
        return { ids, input: (id: string) => ({ ...shared, [idField]: id }) };
      };
      return await runForUsers(command, await currentCall("action"), { path: facts.path, read });
    } catch (error) {
      return { ...stopped(error, facts), rows: [] };
    }
  };
}
