"use server";
import { editOwnProfile } from "#lib/accounts/index.ts";
import { formAction } from "#lib/web/action.ts";

export const editOwnProfileForm = formAction(editOwnProfile, () => "Saved your profile");
