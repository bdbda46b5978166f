import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { whyClosed } from "#lib/outgoing/index.ts";
import { providersOf } from "#lib/providers/index.ts";

/** The enabled OpenID Connect providers that nobody can sign in through, because their address is not contacted. */
export const findClosedProviders = defineQuery({
  name: "find identity providers at closed addresses",
  needs: "system",
  input: z.object({}),
  async run({ reader }) {
    const closed: { slug: string; label: string; why: string }[] = [];
    for (const { kind, enabled, slug, label, settings } of await providersOf(reader)) {
      const why = kind === "oidc" && enabled ? await whyClosed(settings.issuer) : undefined;
      if (why !== undefined) closed.push({ slug, label, why });
    }
    return closed;
  },
});
