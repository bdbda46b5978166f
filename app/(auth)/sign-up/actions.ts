"use server";
import { signUp } from "#lib/sign-up/index.ts";
import { newAccountAction } from "#lib/web/new-account-action.ts";

export const signUpForm = newAccountAction(signUp);
