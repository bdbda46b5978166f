"use server";
import { askToConfirmAction, confirmIdentityAction } from "#lib/web/confirm-identity-action.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { signOutOfConsole } from "#lib/web/sign-out.ts";

export async function signOutForm(): Promise<void> {
  await signOutOfConsole();
}

export async function confirmIdentityForm(previous: FormState, form: FormData): Promise<FormState> {
  return confirmIdentityAction(previous, form);
}

export async function askToConfirmForm(previous: FormState, form: FormData): Promise<FormState> {
  return askToConfirmAction(previous, form);
}
