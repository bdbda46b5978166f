"use server";
import { redirect } from "next/navigation";
import { confirmNewAddress } from "#lib/accounts/index.ts";
import { commandAction } from "#lib/web/action.ts";

export const confirmAddressForm = commandAction(confirmNewAddress, () => redirect("/new-address?done"));
