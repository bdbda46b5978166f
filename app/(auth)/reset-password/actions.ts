"use server";
import type { FormState } from "#lib/web/form-state.ts";
import { askResetLinkAction, redeemResetLinkAction } from "#lib/web/reset-link.ts";

export async function askResetLinkForm(previous: FormState, form: FormData): Promise<FormState> {
  return askResetLinkAction(previous, form);
}

export async function redeemResetLinkForm(previous: FormState, form: FormData): Promise<FormState> {
  return redeemResetLinkAction(previous, form);
}
