"use server";
import { redirect } from "next/navigation";
import { answer } from "#lib/web/action.ts";
import { askPasskey } from "#lib/web/ask-passkey.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { signInCookie } from "#lib/web/sign-in-cookies.ts";
import { signInThrough } from "#lib/web/sign-in-dance.ts";

export async function secondFactorForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    const { code, response, remember } = Object.fromEntries(form);
    await signInThrough("second-factor", { code, response, remember });
    redirect(returnPath(form.get("next")));
  });
}

export async function askOwnPasskeyForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => askPasskey(await signInCookie("ticket")));
}
