"use client";
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { type FormAction, type FormState, idle } from "#lib/web/form-state.ts";

/**
 * A form's action with the browser's passkey dialog before it: `ask` gets the challenge, the answer goes along as
 * `response`. It needs scripts, as passkeys do.
 */
export function withPasskey(ceremony: "make" | "show", ask: FormAction, action: FormAction): FormAction {
  return async (previous, form) => {
    const asked = await ask(idle, form);
    if (asked.status !== "ok") return asked;
    try {
      form.set("response", JSON.stringify(await perform(ceremony, asked.details?.options)));
    } catch (error) {
      return { ...asked, status: "error", message: whyNot(ceremony, error), values: previous.values ?? {} };
    }
    return action(previous, form);
  };
}

function perform(ceremony: "make" | "show", options: unknown) {
  return ceremony === "make"
    ? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
}

function whyNot(ceremony: "make" | "show", error: unknown): NonNullable<FormState["message"]> {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError")
    return "This device holds a passkey for you already: choose another device.";
  if (name === "NotAllowedError" || name === "AbortError")
    return ceremony === "make"
      ? "No passkey was made: the browser's dialog was closed or took too long."
      : "No passkey was shown: the browser's dialog was closed or took too long.";
  if (name === "SecurityError") return "The browser does not allow passkeys at this address.";
  return "This browser cannot use passkeys: use another one, or another way.";
}
