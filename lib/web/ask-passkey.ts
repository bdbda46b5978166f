import { runCommand } from "#lib/kernel/operation.ts";
import { askForPasskey } from "#lib/sign-in/index.ts";
import type { FormState } from "./form-state.ts";
import { currentCall } from "./session.ts";

/** The challenge for the browser's passkey dialog: to sign in with, or after a password whose ticket this is. */
export async function askPasskey(ticket: string | undefined): Promise<FormState> {
  const { options } = await runCommand(askForPasskey, await currentCall("action"), { ticket });
  return { status: "ok", details: { options } };
}
