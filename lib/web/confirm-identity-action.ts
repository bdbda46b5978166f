import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { runCommand } from "#lib/kernel/operation.ts";
import { askToConfirm, confirmIdentity, confirmWithCode, confirmWithPasskey } from "#lib/sign-in/index.ts";
import { answer } from "./action.ts";
import { formReader } from "./form-reader.ts";
import type { FormState } from "./form-state.ts";
import { requestFacts } from "./request.ts";
import { returnPath } from "./return-path.ts";
import { currentCall } from "./session.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";

/** Confirms who is asking and puts the session's new token into the cookie; with `next` among the fields, goes there. */
export function confirmIdentityAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    const { token } = await confirmBy(form);
    const { name, options } = sessionCookie((await requestFacts()).secure);
    (await cookies()).set(name, token, { ...options, maxAge: cookieLifetime });
    if (form.has("next")) redirect(returnPath(form.get("next")));
    return { status: "ok" };
  });
}

/** By what was sent: a passkey's answer, a code, else a password. */
async function confirmBy(form: FormData): Promise<{ token: string }> {
  const call = await currentCall("action");
  if (form.has("response")) {
    return runCommand(confirmWithPasskey, call, formReader(confirmWithPasskey.input, form));
  }
  if (form.has("code")) return runCommand(confirmWithCode, call, formReader(confirmWithCode.input, form));
  return runCommand(confirmIdentity, call, formReader(confirmIdentity.input, form));
}

/** The challenge for the browser's passkey dialog. */
export function askToConfirmAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    const { options } = await runCommand(askToConfirm, await currentCall("action"), {});
    return { status: "ok", details: { options } };
  });
}
