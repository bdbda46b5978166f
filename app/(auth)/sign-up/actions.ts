"use server";
import { redirect } from "next/navigation";
import { askSignUpLink, signUp } from "#lib/sign-up/index.ts";
import { commandAction } from "#lib/web/action.ts";
import { newAccountAction } from "#lib/web/new-account-action.ts";

export const askSignUpForm = commandAction(askSignUpLink, () => redirect("/sign-up?sent"));
export const signUpForm = newAccountAction(signUp);
