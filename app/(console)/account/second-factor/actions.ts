"use server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import {
  addPasskey,
  confirmTotp,
  forgetAllDevices,
  forgetDevice,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  startPasskey,
  startTotp,
} from "#lib/second-factor/index.ts";
import { commandAction, formAction } from "#lib/web/action.ts";
import type { FormState } from "#lib/web/form-state.ts";

export const startTotpForm = commandAction(startTotp, () => redirect("/account/second-factor?add=app"));

export const confirmTotpForm = commandAction(confirmTotp, (done) =>
  shownOnce("The authenticator app is set up", done),
);

export const startPasskeyForm = commandAction(startPasskey, ({ options }) => ({
  status: "ok",
  details: { options },
}));

export const addPasskeyForm = commandAction(addPasskey, (done) =>
  shownOnce(`Passkey ${done.name} added`, done),
);

export const renewCodesForm = commandAction(renewRecoveryCodes, (done) =>
  shownOnce("The old recovery codes stopped working", done),
);

/** Recovery codes travel in this one answer and are kept nowhere. The form itself says what was done. */
function shownOnce(said: string, { codes }: { codes: string[] }): FormState {
  refresh();
  return { status: "ok", details: { said, codes } };
}

export const removeTotpForm = formAction(removeTotp, () => "Authenticator app removed");

export const removePasskeyForm = formAction(removePasskey, ({ name }) => `Passkey ${name} removed`);

export const forgetDeviceForm = formAction(
  forgetDevice,
  () => "Device revoked: it is asked for the second factor again",
);

export const forgetAllDevicesForm = formAction(forgetAllDevices, ({ count }) =>
  count === 1 ? "One device revoked" : `${count} devices revoked`,
);
