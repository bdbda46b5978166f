"use server";
import { setUp } from "#lib/setup/index.ts";
import { newAccountAction } from "#lib/web/new-account-action.ts";

export const setUpForm = newAccountAction(setUp);
