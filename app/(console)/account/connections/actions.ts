"use server";
import { disconnectIdentity } from "#lib/sso/index.ts";
import { formAction } from "#lib/web/action.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { leaveAction } from "#lib/web/leave-for-provider.ts";

export async function connectProviderForm(previous: FormState, form: FormData): Promise<FormState> {
  return leaveAction("connect")(previous, form);
}

export const disconnectIdentityForm = formAction(
  disconnectIdentity,
  () => "Disconnected: this account elsewhere no longer opens yours",
);
