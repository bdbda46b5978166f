"use server";
import { redirect } from "next/navigation";
import { answer } from "#lib/web/action.ts";
import { askPasskey } from "#lib/web/ask-passkey.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { leaveAction } from "#lib/web/leave-for-provider.ts";
import { returnPath, secondFactorPath } from "#lib/web/return-path.ts";
import { signInThrough } from "#lib/web/sign-in-dance.ts";
import { signInWithPassword } from "#lib/web/sign-in-with-password.ts";

export async function signInForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    const next = returnPath(form.get("next"));
    const step = await signInWithPassword(form.get("identifier"), form.get("password"));
    redirect(step === "second_factor" ? secondFactorPath(next) : next);
  });
}

export async function askPasskeyForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, () => askPasskey(undefined));
}

export async function passkeyForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    await signInThrough("passkey", { response: form.get("response") });
    redirect(returnPath(form.get("next")));
  });
}

export async function signInAtProviderForm(previous: FormState, form: FormData): Promise<FormState> {
  return leaveAction("enter")(previous, form);
}
