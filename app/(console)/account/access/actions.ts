"use server";
import { withdrawRequest } from "#lib/temporary-access/index.ts";
import { requestAccessAction } from "#lib/web/access-requests.ts";
import { formAction } from "#lib/web/action.ts";

export const requestAccessForm = requestAccessAction;

export const withdrawRequestForm = formAction(withdrawRequest, ({ role }) => `Request for ${role} withdrawn`);
