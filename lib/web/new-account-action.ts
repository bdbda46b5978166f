import { redirect } from "next/navigation";
import type { z } from "zod";
import { type Command, runCommand } from "#lib/kernel/operation.ts";
import { answer } from "./action.ts";
import { formReader } from "./form-reader.ts";
import type { FormAction } from "./form-state.ts";
import { currentCall } from "./session.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

/** A person makes an account of their own and is signed in with the password that they just chose. */
export function newAccountAction<I extends z.ZodObject, P>(
  command: Command<I, { username: string }, P>,
): FormAction {
  return (_previous, form) =>
    answer(form, async () => {
      const { username } = await runCommand(
        command,
        await currentCall("action"),
        formReader(command.input, form),
      );
      await signInWithPassword(username, form.get("password"));
      redirect("/");
    });
}
