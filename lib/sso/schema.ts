import { z } from "zod";
import { confirmedSchema } from "#lib/assignments/schema.ts";
import { ruleSchema, slugSchema } from "#lib/providers/schema.ts";

/** What a form sends for nothing chosen. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());
const label = z
  .string("Give a name.")
  .trim()
  .min(1, "Give a name.")
  .max(60, "A name has at most 60 characters.")
  .regex(/^[^\p{Cc}]*$/u, "Use plain text only, on one line.");
/** Not sent: what is stored stays. Empty: nothing is stored. What it has to be like is the provider's own schema. */
const text = z.string().max(20_000).optional();

export const providerSchema = z.object({ slug: z.string("There is no such provider.").max(40) });
const versioned = providerSchema.extend({ version: z.coerce.number().int().min(0) });

export const addProviderSchema = z.object({
  kind: z.enum(["oidc", "saml"], "Choose OpenID Connect or SAML."),
  label,
  /** Made of the name when nobody chooses one. */
  slug: orNothing(slugSchema),
  issuer: text,
  /** Allows an issuer over plain http, for trials on one machine. */
  plainHttp: z.boolean().default(false),
});

const admission = {
  autoCreateUsers: z.boolean(),
  defaultRole: text,
  trustUnverifiedEmail: z.boolean(),
  linkAdministrators: z.boolean(),
  buttonText: text,
};

export const saveProviderSchema = versioned.extend({
  label,
  ...admission,
  // OpenID Connect.
  issuer: text,
  clientId: text,
  /** A new one; empty keeps the one that is there. */
  clientSecret: text,
  redirectUri: text,
  scopes: text,
  postLogoutUri: text,
  enforceHttps: z.boolean().default(false),
  // SAML.
  /** The provider's own, which says the next three. */
  metadata: z.string().max(262_144, "Metadata have at most 256 KiB.").optional(),
  entityId: text,
  ssoUrl: text,
  certificates: text,
  allowIdpInitiated: z.boolean().default(false),
  emailAttribute: text,
  usernameAttribute: text,
  givenNameAttribute: text,
  familyNameAttribute: text,
  confirmed: confirmedSchema,
});
export type SaveProvider = z.output<typeof saveProviderSchema>;

export const switchSchema = versioned.extend({ on: z.boolean() });
export const deleteProviderSchema = versioned;
export const moveProviderSchema = providerSchema.extend({ direction: z.enum(["up", "down"]) });

export const saveRulesSchema = versioned.extend({
  rules: z.array(ruleSchema).max(500, "At most 500 rules."),
  confirmed: confirmedSchema,
});

/** What makes no sense in an address falls back. */
export const viewDryRunSchema = providerSchema.extend({
  show: z.enum(["loses", "gains", "stays", "unread"]).optional().catch(undefined),
  after: z.string().max(300).optional().catch(undefined),
});

/** What is tried is what stands in the form, saved or not. */
export const tryRulesSchema = providerSchema.extend({
  rules: z
    .array(z.object({ claim: z.string(), value: z.string(), role: z.string() }).partial())
    .max(500, "At most 500 rules."),
  /** "test": the claims of one's own test sign-in; else the id of an identity. */
  against: z.string("Choose whose claims to try.").min(1, "Choose whose claims to try.").max(100),
});

/** The query with which the provider sent the browser back, as it came. */
export const finishTestSchema = providerSchema.extend({ query: z.string().max(8000) });

export const signOnSchema = z.object({ disableLocalSignIn: z.boolean() });
