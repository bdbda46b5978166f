"use server";
import { refresh } from "next/cache";
import { createProvisioningToken, revokeProvisioningToken } from "#lib/scim/index.ts";
import { commandAction, formAction } from "#lib/web/action.ts";

/** The secret travels in this one answer and is kept nowhere. */
export const createTokenForm = commandAction(createProvisioningToken, ({ name, secret }) => {
  refresh();
  return { status: "ok", details: { name, secret } };
});

export const revokeTokenForm = formAction(
  revokeProvisioningToken,
  ({ name }) => `Revoked ${name}: its next request fails`,
);
