import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/kernel/errors.ts";
import { logBug } from "#lib/kernel/log.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { endSessionAddress } from "#lib/oidc/index.ts";
import { providersOf } from "#lib/providers/index.ts";

/** How somebody whose session here has ended signs out where they came from. */
export interface WayOut {
  label: string;
  /** Comes back with the browser. */
  state: string;
  /** Undefined when the provider has no such place, cannot be reached, or speaks SAML. */
  to: string | undefined;
}

/** For a session that has ended here already: nothing that goes wrong from here on brings it back. */
export const findWayOut = defineQuery({
  name: "find way to sign out at identity provider",
  needs: "system",
  input: z.object({
    provider: z.string(),
    issuer: z.string(),
    idToken: z.string().optional(),
    origin: z.string(),
  }),
  async run({ reader }, { provider: slug, issuer, idToken, origin }): Promise<WayOut | undefined> {
    const provider = (await providersOf(reader)).find((one) => one.slug === slug);
    if (!provider) return undefined;
    const state = randomBytes(24).toString("base64url");
    const leaving = { issuer, idToken, back: `${origin}/sign-in`, state };
    const to =
      provider.kind === "oidc" && provider.enabled ? endSessionAddress(provider, leaving) : undefined;
    return { label: provider.label, state, to: await Promise.resolve(to).catch(noWay) };
  },
});

function noWay(error: unknown): undefined {
  if (!(error instanceof AppError)) logBug(error, "sign-out");
}
