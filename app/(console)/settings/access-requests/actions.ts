"use server";
import { endTemporaryAccess, giveTemporaryAccess } from "#lib/temporary-access/index.ts";
import { grantRequestAction, refuseRequestAction } from "#lib/web/access-requests.ts";
import { formAction } from "#lib/web/action.ts";

export const giveTemporaryAccessForm = formAction(
  giveTemporaryAccess,
  ({ username, role }) => `${username} holds ${role} for a time now`,
);

export const endTemporaryAccessForm = formAction(
  endTemporaryAccess,
  ({ username, role }) => `${role} of ${username} ended`,
);

export const grantRequestForm = grantRequestAction;

export const refuseRequestForm = refuseRequestAction;
