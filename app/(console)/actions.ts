"use server";
import { waysToConfirm } from "#lib/sign-in/index.ts";
import { askToConfirmAction, confirmIdentityAction } from "#lib/web/confirm-identity-action.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { leaveAction } from "#lib/web/leave-for-provider.ts";
import { queryAction } from "#lib/web/query-action.ts";
import { signOutOfConsole } from "#lib/web/sign-out.ts";

/** It takes the form, though it reads nothing of it: scripts send no form to an action that takes none. */
export async function signOutForm(_form: FormData): Promise<void> {
  await signOutOfConsole();
}

export async function confirmIdentityForm(previous: FormState, form: FormData): Promise<FormState> {
  return confirmIdentityAction(previous, form);
}

const ways = queryAction(waysToConfirm);

export async function waysToConfirmForm(previous: FormState, form: FormData): Promise<FormState> {
  return ways(previous, form);
}

export async function askToConfirmForm(previous: FormState, form: FormData): Promise<FormState> {
  return askToConfirmAction(previous, form);
}

export async function confirmAtProviderForm(previous: FormState, form: FormData): Promise<FormState> {
  return leaveAction("confirm")(previous, form);
}
