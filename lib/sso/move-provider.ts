import { defineCommand } from "#lib/kernel/operation.ts";
import { draftsOf, lockProviders } from "#lib/providers/index.ts";
import { moveProviderSchema } from "./schema.ts";
import { aboutProvider, findProvider } from "./stored-provider.ts";

/** One place up or down on the sign-in page. */
export const moveProvider = defineCommand({
  name: "move identity provider",
  needs: "manageSettings",
  dangerous: true,
  input: moveProviderSchema,
  about: aboutProvider,
  async run({ tx }, { slug, direction }) {
    await lockProviders(tx);
    const { label } = await findProvider(tx, slug);
    const before = (await draftsOf(tx)).filter(({ version }) => version > 0).map((one) => one.slug);
    const after = before.filter((one) => one !== slug);
    const place = before.indexOf(slug) + (direction === "up" ? -1 : 1);
    if (before.includes(slug)) after.splice(Math.max(0, place), 0, slug);
    for (const [position, one] of after.entries())
      await tx.identityProvider.update({ where: { slug: one }, data: { position }, select: { id: true } });
    return {
      target: aboutProvider({ slug, label }),
      before: { order: before },
      after: { order: after },
      result: { label },
    };
  },
});
