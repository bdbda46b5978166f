"use server";
import { saveSecurity } from "#lib/settings/index.ts";
import { formAction } from "#lib/web/action.ts";

export const saveSecurityForm = formAction(saveSecurity, () => "Saved the security settings");
