import { z } from "zod";
import { confirmedSchema, wantedAssignmentSchema } from "#lib/assignments/schema.ts";
import { printable } from "#lib/kernel/schema.ts";
import { expressionSchema } from "#lib/role-expressions/schema.ts";

const usernameSchema = z
  .string("Give a username.")
  .normalize("NFKC")
  .trim()
  .min(3, "Username must be at least 3 characters.")
  .max(64, "Username must be at most 64 characters.")
  .regex(/^[\p{L}\p{N}._-]*$/u, "Use letters, digits, dot, underscore and hyphen only.");

const emailSchema = z
  .string("Give an email address.")
  .normalize("NFKC")
  .trim()
  .max(254, "An email address has at most 254 characters.")
  .pipe(z.email("This is not an email address: name@example.com."));

const personName = (what: string) =>
  z
    .string()
    .normalize("NFKC")
    .trim()
    .max(100, `${what} has at most 100 characters.`)
    .regex(printable, "Use plain text only.")
    .default("");

const givenNameSchema = personName("A first name");
const familyNameSchema = personName("A last name");

/** The password's own rules need to know the person, so they are the operation's; here only that there is one. */
export const newPasswordSchema = z
  .string("Give a password.")
  .min(1, "Give a password.")
  .max(1000, "Use at most 256 characters.");

export const identitySchema = z.object({
  username: usernameSchema,
  email: emailSchema,
  givenName: givenNameSchema,
  familyName: familyNameSchema,
});
export type Identity = z.infer<typeof identitySchema>;

const roleKeySchema = z.string("Choose a role.").min(1, "Choose a role.").max(100);

const rolesSchema = z.array(roleKeySchema).min(1, "Choose a role.").max(20, "A user has at most 20 roles.");

export const createUserSchema = identitySchema.extend({
  password: newPasswordSchema,
  roles: rolesSchema,
  confirmed: confirmedSchema,
});

export const updateUserSchema = identitySchema.omit({ username: true }).extend({
  id: z.uuid(),
  roles: rolesSchema,
  confirmed: confirmedSchema,
  active: z.boolean(),
  /** The row as the form showed it: somebody else's change in between is a conflict, never overwritten. */
  version: z.coerce.number().int().positive(),
});

export const userIdSchema = z.object({ id: z.uuid("There is no such user.") });

export const userRolesSchema = userIdSchema.extend({ roles: rolesSchema, confirmed: confirmedSchema });

export const roleExpressionSchema = userIdSchema.extend({
  expression: expressionSchema,
  confirmed: confirmedSchema,
});

export const editUserRolesSchema = userIdSchema.extend({
  version: z.coerce.number().int().positive(),
  assignments: z.array(wantedAssignmentSchema).max(40, "A user has at most 40 assignments."),
  confirmed: confirmedSchema,
});

export const presetSchema = userIdSchema.extend({
  preset: z.string("Choose a preset.").min(1, "Choose a preset.").max(100),
  confirmed: confirmedSchema,
});

/** Without an id: for somebody who is not there yet. */
export const previewPresetSchema = presetSchema.partial({ id: true });

export const resetPasswordSchema = userIdSchema.extend({ password: newPasswordSchema });

export const userSorts = ["username", "email", "created", "lastSignIn", "status"] as const;
export type UserSort = (typeof userSorts)[number];
export const pageSizes = [25, 50, 100] as const;

/** As much of an address as PostgreSQL can be asked about: no NUL. */
const word = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes("\0"));

/** What narrows the list down. */
const userFilterSchema = z.object({
  q: word(200).catch("").default(""),
  role: word(100).optional().catch(undefined),
  status: z.enum(["active", "inactive"]).optional().catch(undefined),
});
export type UserFilter = z.infer<typeof userFilterSchema>;

/** The list's whole state, under the names that it has in the URL. What makes no sense there falls back. */
export const listUsersSchema = userFilterSchema.extend({
  /** A column, with a hyphen before it for descending. */
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(userSorts)])
    .catch("username")
    .default("username"),
  size: z.coerce.number().pipe(z.literal(pageSizes)).catch(25).default(25),
  after: word(2000).optional().catch(undefined),
  before: word(2000).optional().catch(undefined),
});
export type ListUsersInput = z.infer<typeof listUsersSchema>;

/** How many names come at once when everybody who matches is wanted. */
export const matchesSize = 1000;
/** Nothing falls back here: what is wrong must not select everybody. */
export const listMatchingUsersSchema = z.object({
  q: word(200).default(""),
  role: word(100).optional(),
  status: z.enum(["active", "inactive"]).optional(),
  after: word(2000).optional(),
});

/** How many people a door takes at once. */
const mostAtOnce = 25;
export const selectedUsersSchema = z.object({
  ids: z
    .array(z.uuid("There is no such user.").toLowerCase())
    .min(1, "Select somebody.")
    .max(mostAtOnce, `At most ${mostAtOnce} people at once.`)
    .refine((ids) => new Set(ids).size === ids.length, "Name everybody once."),
});
