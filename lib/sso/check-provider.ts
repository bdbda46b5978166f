import { AppError } from "#lib/kernel/errors.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { type Found, foundIn, issuerOf, lookAt } from "./discovery.ts";
import { providerSchema } from "./schema.ts";
import { findProvider } from "./stored-provider.ts";

/** What a provider says about itself at this moment, or why it says nothing. */
export const checkProvider = defineQuery({
  name: "check identity provider",
  needs: "manageSettings",
  input: providerSchema,
  async run({ reader }, { slug }): Promise<{ found?: Found; problem?: string }> {
    const { kind, settings } = await findProvider(reader, slug);
    if (kind === "saml" || typeof settings.issuer !== "string") return {};
    try {
      return { found: foundIn(await lookAt(settings.issuer, settings.enforceHttps !== false)) };
    } catch (error) {
      if (error instanceof AppError) return { problem: error.message };
      throw error;
    }
  },
});

/** Discovery for a form: what is wrong stands beside the issuer. */
export async function lookUp(issuer: string, enforceHttps: boolean): Promise<Found> {
  try {
    return foundIn(await lookAt(issuerOf(issuer), enforceHttps));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, reason, message, details } = error;
    const rules = { issuer: [String(details.fault)] };
    throw new AppError(code, reason, message, { fields: { issuer: [message] }, rules });
  }
}
