"use server";
import { cancelNewAddress, editOwnProfile } from "#lib/accounts/index.ts";
import { formAction } from "#lib/web/action.ts";

export const editOwnProfileForm = formAction(editOwnProfile, ({ waiting }) =>
  waiting ? `Saved your profile. Open the link in the mail to ${waiting}` : "Saved your profile",
);
export const cancelNewAddressForm = formAction(cancelNewAddress, () => "Your email address stays as it is");
