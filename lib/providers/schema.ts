import { z } from "zod";

/** An address of a provider. Whether it has to be https is the provider's own switch. */
const address = (what: string) =>
  z
    .string(what)
    .trim()
    .max(2000)
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), what);
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());
const words = (max: number, what: string) => z.string(what).trim().min(1, what).max(max, what);

export const slugSchema = z
  .string("Give a short name.")
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "Lowercase letters, digits and hyphens, a letter first.")
  // These are ways of signing in already, or pages.
  .refine(
    (slug) => !["credentials", "second-factor", "passkey", "saml", "new", "provisioning"].includes(slug),
    "This name is taken.",
  );

/** One line of the mapping: whoever has this value in this claim gets this role. */
export const ruleSchema = z.object({
  /** A claim's name, or a path into nested claims with dots: `groups`, `realm_access.roles`. */
  claim: words(200, "Name a claim, such as groups."),
  /** Compared whole, in any case; of a group either its name or its id. */
  value: words(500, "Give the value that makes the role."),
  /** The role's key. */
  role: words(100, "Choose a role."),
});
export type Rule = z.infer<typeof ruleSchema>;
/** In order of precedence: where a user has one role, the first that fits gives it. */
export const rulesSchema = z.array(ruleSchema).max(500);

/** Who comes in through a provider, the same for every kind. */
const admission = {
  /** People whom nobody knows here yet get an account at their first sign-in. */
  autoCreateUsers: z.boolean().default(false),
  /** Their role, and the role of whoever no rule fits. Empty: the catalogue's role for new users. */
  defaultRole: orNothing(words(100, "Choose a role.")),
  /** Believes an address that the provider does not say it has verified. */
  trustUnverifiedEmail: z.boolean().default(false),
  /** Lets a verified address alone link to the account of somebody who administers. */
  linkAdministrators: z.boolean().default(false),
  buttonText: words(60, "Say what the button says.").default("Login with SSO"),
};

export const oidcSettingsSchema = z.object({
  issuer: address("Give the issuer's address, such as https://login.example.com."),
  clientId: words(500, "Give the client ID."),
  redirectUri: orNothing(address("Give the whole address of the callback.")),
  scopes: z
    .string()
    .trim()
    .max(500)
    .default("openid email profile groups")
    .refine((text) => text.split(/\s+/).includes("openid"), "The scope openid has to be among them."),
  postLogoutUri: orNothing(address("Give the whole address to go to after signing out.")),
  enforceHttps: z.boolean().default(true),
  ...admission,
});
export type OidcSettings = z.infer<typeof oidcSettingsSchema>;

export const samlSettingsSchema = z.object({
  /** The provider's entity ID: the issuer of every assertion. */
  entityId: words(1000, "Give the provider's entity ID."),
  ssoUrl: address("Give the address where the provider takes sign-in requests."),
  /** PEM or bare base64; several while the provider changes keys. */
  certificates: z.array(words(20_000, "Give the provider's certificate.")).min(1).max(10),
  allowIdpInitiated: z.boolean().default(false),
  emailAttribute: orNothing(words(200, "Name an attribute.")),
  usernameAttribute: orNothing(words(200, "Name an attribute.")),
  givenNameAttribute: orNothing(words(200, "Name an attribute.")),
  familyNameAttribute: orNothing(words(200, "Name an attribute.")),
  ...admission,
});
export type SamlSettings = z.infer<typeof samlSettingsSchema>;
