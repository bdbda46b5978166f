import { keepingAdministrators } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { forgetProvisioned } from "#lib/providers/index.ts";
import { endSessionsThrough } from "#lib/sessions/index.ts";
import { deleteProviderSchema } from "./schema.ts";
import { aboutProvider, findForChange } from "./stored-provider.ts";

/**
 * Ends the sessions that came through it, revokes its provisioning tokens and forgets who is who there: a provider that is added later under the same
 * name is another one, and links people anew. Accounts and their roles stay.
 */
export const deleteProvider = defineCommand({
  name: "delete identity provider",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: deleteProviderSchema,
  about: aboutProvider,
  async run({ tx, call }, { slug, version }) {
    const { label, kind, stored, fixed } = await findForChange(tx, slug, version);
    const variables = Object.values(fixed);
    if (variables.length > 0) {
      const message = `${label} is described in the environment: take ${variables.join(", ")} out of it first.`;
      throw new AppError("conflict", "fixed_by_environment", message);
    }
    const { count: linksRemoved } = await keepingAdministrators(tx, call.at, "edit", async () => {
      await tx.identityProvider.delete({ where: { slug }, select: { id: true } });
      return tx.identity.deleteMany({ where: { provider: slug } });
    });
    const tokensRevoked = await forgetProvisioned(tx, slug, call.at);
    const sessionsEnded = await endSessionsThrough(tx, slug, `the provider ${label} was deleted`, call);
    return {
      target: aboutProvider({ slug, label }),
      before: { label, kind, ...stored },
      after: { linksRemoved, sessionsEnded, tokensRevoked },
      result: { label, linksRemoved, sessionsEnded },
    };
  },
});
