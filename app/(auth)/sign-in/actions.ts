"use server";
import { redirect } from "next/navigation";
import { answer } from "#lib/web/action.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { signInWithPassword } from "#lib/web/sign-in-with-password.ts";

export async function signInForm(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(form, async () => {
    await signInWithPassword(form.get("identifier"), form.get("password"));
    redirect(returnPath(form.get("next")));
  });
}
