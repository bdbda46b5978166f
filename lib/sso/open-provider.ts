import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { enabledProvider, localSignIn, type Provider, providersOf } from "#lib/providers/index.ts";
import { providerOff } from "./refusals.ts";

const slugSchema = z.object({ provider: z.string().max(40) });

/** A provider with its secret, for the door that talks to it. Counted, because anybody may start. */
export const openProvider = defineQuery({
  name: "open identity provider",
  needs: "system",
  input: slugSchema,
  async run({ reader, call }, { provider: slug }): Promise<Provider> {
    await takeTurn("provider", call);
    const provider = await enabledProvider(reader, slug);
    if (!provider) throw providerOff();
    return provider;
  },
});

/** How people can sign in here: what the sign-in page shows, and nothing else of any provider. */
export const waysToSignIn = defineQuery({
  name: "ask how to sign in",
  needs: "public",
  input: z.object({}),
  async run({ reader }) {
    const enabled = (await providersOf(reader)).filter((provider) => provider.enabled);
    return {
      local: await localSignIn(reader),
      providers: enabled.map(({ slug, kind, label, settings }) => ({
        slug,
        kind,
        label,
        buttonText: settings.buttonText,
        /** Whether it may bring the first account to an empty installation. */
        bringsPeople: settings.autoCreateUsers,
      })),
    };
  },
});
