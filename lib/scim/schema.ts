import { z } from "zod";

/** What a token may do, in the words of the screen. */
export const tokenScopes = [
  { key: "users", label: "Users", help: "Add, change, deactivate and delete the people that it brought." },
  { key: "groups", label: "Groups", help: "Say which of them are in which group." },
  {
    key: "existing",
    label: "Accounts that are here already",
    help: "Take over an account with the same email address instead of refusing to add the person.",
  },
  {
    key: "administrators",
    label: "Administrators",
    help: "Also change people who administer through a role that was given here.",
  },
] as const;
type Scope = (typeof tokenScopes)[number]["key"];
const scopeSchema = z.enum(tokenScopes.map(({ key }) => key) as [Scope, ...Scope[]]);

/** The scopes that are known; what another version wrote is none. */
export const scopesOf = (stored: readonly string[]): Scope[] =>
  stored.flatMap((one) => scopeSchema.safeParse(one).data ?? []);

/** How long a token may last. One that never ends would outlive whoever remembers it. */
export const tokenDays = [90, 180, 365, 730] as const;

export const createTokenSchema = z.object({
  name: z
    .string("Give the token a name.")
    .normalize("NFKC")
    .trim()
    .min(1, "Give the token a name.")
    .max(100, "A name has at most 100 characters.")
    .regex(/^\P{Cc}*$/u, "Use plain text only."),
  /** A provider's slug; empty for none. */
  provider: z.string().max(40).default(""),
  scopes: z
    .array(scopeSchema, "Choose what it may do.")
    .min(1, "Choose what it may do.")
    .refine(
      (scopes) => scopes.includes("users") || scopes.includes("groups"),
      "A token is for users, for groups or for both.",
    ),
  days: z.coerce.number().pipe(z.literal(tokenDays, "Choose how long it lasts.")),
});

export const tokenIdSchema = z.object({ id: z.uuid("There is no such token.") });
