import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { runCommand } from "#lib/kernel/operation.ts";
import { confirmIdentity } from "#lib/sign-in/index.ts";
import { answer } from "./action.ts";
import type { FormState } from "./form-state.ts";
import { readForm } from "./read-form.ts";
import { requestFacts } from "./request.ts";
import { returnPath } from "./return-path.ts";
import { currentCall } from "./session.ts";
import { cookieLifetime, sessionCookie } from "./session-cookie.ts";

/** Confirms who is asking and puts the session's new token into the cookie; with `next` among the fields, goes there. */
export function confirmIdentityAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    const call = await currentCall("action");
    const { token } = await runCommand(confirmIdentity, call, readForm(confirmIdentity.input, form));
    const { name, options } = sessionCookie((await requestFacts()).secure);
    (await cookies()).set(name, token, { ...options, maxAge: cookieLifetime });
    if (form.has("next")) redirect(returnPath(form.get("next")));
    return { status: "ok" };
  });
}
