"use server";
import { cancelNewAddress, editOwnProfile } from "#lib/accounts/index.ts";
import { formAction } from "#lib/web/action.ts";

export const editOwnProfileForm = formAction(editOwnProfile, ({ waiting }) =>
  waiting ? `Profile saved. To confirm ${waiting}, open the link that we sent there.` : "Profile saved",
);
export const cancelNewAddressForm = formAction(cancelNewAddress, () => "Email address change canceled");
