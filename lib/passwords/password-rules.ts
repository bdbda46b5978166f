import { z } from "zod";
import type { Reader } from "#lib/kernel/database.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { securityOf } from "#lib/settings/index.ts";
import type { PasswordRules } from "./schema.ts";

export async function passwordRulesOf(reader: Reader): Promise<PasswordRules> {
  const { passwordMinimum, requireUppercase, requireLowercase, requireDigit, requireSymbol } =
    await securityOf(reader);
  const { catalogue } = await currentPolicy(reader);
  const product = ["bailiwick", catalogue.label];
  return { passwordMinimum, requireUppercase, requireLowercase, requireDigit, requireSymbol, product };
}

/** What a form says beside the field for a new password; says nothing else of the settings. */
export const passwordRules = defineQuery({
  name: "ask for the password rules",
  needs: "public",
  input: z.object({}),
  run: ({ reader }) => passwordRulesOf(reader),
});
