import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { discover, type Found, foundIn, issuerOf } from "./discovery.ts";
import { lookUpSchema } from "./schema.ts";

/** What a provider says about itself, before anything of it is stored. */
export const lookUpProvider = defineQuery({
  name: "view metadata of identity provider",
  needs: "manageSettings",
  input: lookUpSchema,
  async run(_context, { issuer, plainHttp }): Promise<{ found: Found }> {
    return { found: foundIn(await lookUp(issuer, !plainHttp)) };
  },
});

/** Discovery for a form: what is wrong stands beside the issuer. */
export async function lookUp(issuer: string, enforceHttps: boolean) {
  try {
    return await discover(issuerOf(issuer), enforceHttps);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, reason, message } = error;
    throw new AppError(code, reason, message, { fields: { issuer: [message] } });
  }
}
