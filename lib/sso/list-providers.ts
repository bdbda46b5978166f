import { z } from "zod";
import { can } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import { draftsOf } from "#lib/providers/index.ts";
import { type SignOnView, signOnOf } from "./sign-on.ts";

export interface ProviderLine {
  slug: string;
  kind: "oidc" | "saml";
  label: string;
  enabled: boolean;
  syncRoles: boolean;
  /** There is all that signing in needs. */
  complete: boolean;
  /** Variables of the environment that say something of it. */
  variables: string[];
  /** Whose word it is: the issuer or the entity ID. */
  authority: string | undefined;
  rules: number;
  people: number;
  lastSignInAt: Date | null;
  /** It has a row, so it has a place among the others. */
  movable: boolean;
}

export interface ProvidersView {
  providers: ProviderLine[];
  signOn: SignOnView;
  /** Somebody may look at it all and change nothing. */
  why?: string;
}

export const lookOnlyWhy = "You may look at settings but not change them.";

export const listProviders = defineQuery({
  name: "list identity providers",
  needs: "viewSettings",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<ProvidersView> {
    const drafts = await draftsOf(reader);
    const counts = await reader.identity.groupBy({
      by: ["provider"],
      _count: { _all: true },
      _max: { lastSignInAt: true },
    });
    const providers = drafts.map((draft) => {
      const count = counts.find(({ provider }) => provider === draft.slug);
      const { slug, kind, label, enabled, syncRoles, settings, fixed, fixedRules } = draft;
      const authority = kind === "saml" ? settings.entityId : settings.issuer;
      return {
        ...{ slug, kind, label, enabled, syncRoles },
        complete: Object.keys(draft.lacks).length === 0,
        variables: [...new Set([...Object.values(fixed), ...fixedRules.map(({ variable }) => variable)])],
        authority: typeof authority === "string" ? authority : undefined,
        rules: draft.rules.length + fixedRules.length,
        people: count?._count._all ?? 0,
        lastSignInAt: count?._max.lastSignInAt ?? null,
        movable: draft.version > 0,
      };
    });
    const view = { providers, signOn: await signOnOf(reader) };
    return can(actor, "manageSettings", at) ? view : { ...view, why: lookOnlyWhy };
  },
});
