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
      return { ...asked, status: "error", ...whyNot(ceremony, error), values: previous.values ?? {} };
    }
    return action(previous, form);
  };
}

function perform(ceremony: "make" | "show", options: unknown) {
  return ceremony === "make"
    ? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
}

function whyNot(ceremony: "make" | "show", error: unknown): Pick<FormState, "reason" | "message"> {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError")
    return {
      reason: "passkey_known",
      message: "This device holds a passkey for you already: choose another device.",
    };
  if (name === "NotAllowedError" || name === "AbortError")
    return {
      reason: "passkey_not_given",
      message: `No passkey was ${ceremony === "make" ? "made" : "shown"}: the browser's dialog was closed or took too long.`,
    };
  if (name === "SecurityError")
    return { reason: "no_passkeys_here", message: "The browser does not allow passkeys at this address." };
  return {
    reason: "passkeys_unsupported",
    message: "This browser cannot use passkeys: use another one, or another way.",
  };
}
