import { z } from "zod";
import type { Reader } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Context, defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { type Claims, type Rule, ruleSchema, type Unread } from "#lib/providers/index.ts";
import { mappedRoles } from "./mapped-roles.ts";
import { providerSchema, tryRulesSchema } from "./schema.ts";
import { findProvider } from "./stored-provider.ts";
import { resultOf } from "./test-runs.ts";

/** What rules make of somebody's claims. */
export interface Tried {
  /** Whose claims: "your test sign-in", or a username. */
  who: string;
  roles: { key: string; label: string }[];
  by: Rule[];
  /** No rule fits, so it is the default role. */
  byDefault: boolean;
  unread: { why: Unread; claim: string | undefined } | undefined;
  /** Rules that are not finished and were left out. */
  skipped: number;
}

/** The rules of a form, saved or not, on the claims of one's test sign-in or of somebody who is known. */
export const tryRules = defineQuery({
  name: "view what rules make of claims",
  needs: "manageSettings",
  input: tryRulesSchema,
  async run(context, { slug, rules, against }): Promise<{ tried: Tried }> {
    const { reader } = context;
    const { settings, fixedRules } = await findProvider(reader, slug);
    const { who, claims, unread } = await claimsOf(context, slug, against);
    const finished = rules.flatMap((rule) => ruleSchema.safeParse(rule).data ?? []);
    const { defaultRole } = settings;
    const mapper = {
      rules: [...fixedRules, ...finished],
      settings: { defaultRole: typeof defaultRole === "string" ? defaultRole : undefined },
    };
    const access = await currentPolicy(reader);
    const mapping = unread ? { kind: "unread" as const, why: unread } : mappedRoles(access, mapper, claims);
    const skipped = rules.length - finished.length;
    if (mapping.kind === "unread") {
      const claim = "claim" in mapping ? mapping.claim : undefined;
      return {
        tried: { who, roles: [], by: [], byDefault: false, unread: { why: mapping.why, claim }, skipped },
      };
    }
    const roles = await reader.role.findMany({
      where: { key: { in: mapping.roles } },
      select: { key: true, label: true },
    });
    const by = mapping.by.map(({ claim, value, role }) => ({ claim, value, role }));
    return { tried: { who, roles, by, byDefault: by.length === 0, unread: undefined, skipped } };
  },
});

interface Found {
  who: string;
  claims: Claims;
  unread?: Unread | undefined;
}

async function claimsOf(
  { reader, actor, call }: Context & { reader: Reader },
  slug: string,
  against: string,
): Promise<Found> {
  if (against === "test") {
    const seen = await resultOf(reader, requireUser(actor), slug, call.at);
    if (seen?.claims) return { who: "your test sign-in", claims: seen.claims, unread: seen.unread };
    throw gone("Your test sign-in is over: start it once more.");
  }
  const id = z.uuid().safeParse(against).data;
  const row = id
    ? await reader.identity.findFirst({
        where: { id, provider: slug },
        select: { claims: true, user: { select: { username: true } } },
      })
    : null;
  if (!row) throw gone("Nobody of this name has signed in through this provider.");
  return { who: row.user.username, claims: row.claims as Claims };
}

const gone = (message: string) =>
  new AppError("invalid", "claims_not_found", message, { fields: { against: [message] } });

/** People whose claims rules can be tried on: who signed in last comes first. */
export const listKnownPeople = defineQuery({
  name: "list people known by identity provider",
  needs: ["manageSettings", "viewUsers"],
  input: providerSchema,
  async run({ reader }, { slug }) {
    const rows = await reader.identity.findMany({
      where: { provider: slug },
      select: { id: true, user: { select: { username: true, name: true } } },
      orderBy: [{ lastSignInAt: { sort: "desc", nulls: "last" } }, { id: "asc" }],
      take: 100,
    });
    return rows.map(({ id, user }) => ({ id, username: user.username, name: user.name }));
  },
});
